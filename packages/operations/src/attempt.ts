import { type Attempt, type Finished, Interrupted, type Json, type JsonObject, type Progress } from './operation.ts';
import type { Database } from './rows.ts';
import { createSpool } from './spool.ts';

export interface Taken {
  readonly tenantId: string;
  readonly operationId: string;
  readonly kind: string;
  readonly actor: string;
  readonly input: JsonObject;
  readonly spoolId: string | null;
  readonly checkpoint: Json;
  readonly attempts: number;
  readonly cancelRequested: boolean;
  readonly requestedAt: string;
}

const WRITE_EVERY_MS = 250;

const REPORT = `
  update operations.operation
     set phase = coalesce($4, phase), done = coalesce($5, done), total = coalesce($6, total),
         checkpoint = coalesce($7, checkpoint), updated_at = clock_timestamp()
   where tenant_id = $1 and operation_id = $2 and attempts = $3 and status = 'running'
  returning cancel_requested as cancelled`;

const FINISH = `
  update operations.operation
     set status = $4, result = $5, failure = $6, updated_at = clock_timestamp(), finished_at = clock_timestamp(),
         checkpoint = null
   where tenant_id = $1 and operation_id = $2 and attempts = $3 and status = 'running'
  returning spool_id as "spoolId"`;

/** The attempt as the kind sees it, writing its reports; `signal` ends it. */
export const openAttempt = (database: Database, taken: Taken, signal: AbortSignal): Attempt => {
  const { tenantId, operationId, attempts } = taken;
  let cancelled = taken.cancelRequested;
  let written = Number.NEGATIVE_INFINITY;
  let latest: Progress = {};

  const write = async (): Promise<void> => {
    const { phase = null, done = null, total = null, checkpoint } = latest;
    const kept = checkpoint === undefined ? null : JSON.stringify(checkpoint);
    const values = [tenantId, operationId, attempts, phase, done, total, kept];
    const { rows } = await database.query<{ cancelled: boolean }>(REPORT, values);
    if (rows[0] === undefined) throw new Interrupted('another attempt has taken the operation over');
    cancelled = rows[0].cancelled;
  };

  return {
    ...taken,
    spooled: () => createSpool(database).read(taken.spoolId ?? ''),
    cancelled: () => cancelled,
    report: async (progress, now) => {
      if (signal.aborted) throw new Interrupted('the process is to stop, or has lost the operation');
      latest = { ...latest, ...progress };
      if (now === undefined && performance.now() - written < WRITE_EVERY_MS) return;
      written = performance.now();
      await write();
    },
  };
};

/** Writes down how an attempt ended, and lets go of what the operation had to read. */
export const finishAttempt = async (
  database: Database,
  { tenantId, operationId, attempts }: Taken,
  { status, result, failure }: Omit<Finished, 'result'> & { readonly result: JsonObject | null },
): Promise<void> => {
  const values = [
    tenantId,
    operationId,
    attempts,
    status,
    result === null ? null : JSON.stringify(result),
    failure ?? null,
  ];
  const { rows } = await database.query<{ spoolId: string | null }>(FINISH, values);
  const spoolId = rows[0]?.spoolId;
  if (spoolId != null) await database.query('delete from operations.spool where spool_id = $1', [spoolId]);
};
