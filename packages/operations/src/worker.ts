import type pg from 'pg';
import { finishAttempt, openAttempt, type Taken } from './attempt.ts';
import { Interrupted, type OperationKind } from './operation.ts';

export interface WorkerLogger {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface WorkerOptions {
  readonly pool: pg.Pool;
  readonly kinds: readonly OperationKind[];
  readonly signal: AbortSignal;
  readonly logger: WorkerLogger;
}

const LOOK_EVERY_MS = 1_000;
const MOST_ATTEMPTS = 8;
const FAILED = 'Something went wrong on our side, again and again. What was done so far stands.';

const CANDIDATES = `
  select tenant_id as "tenantId", operation_id as "operationId" from operations.operation
   where status in ('waiting', 'running') and retry_at <= clock_timestamp() and kind = any($1)
   order by requested_at limit 50`;

const LOCK = `select pg_try_advisory_lock(hashtextextended($1, 0)) as locked`;
const UNLOCK = `select pg_advisory_unlock(hashtextextended($1, 0))`;

const TAKE = `
  update operations.operation
     set status = 'running', attempts = attempts + 1, started_at = clock_timestamp(), updated_at = clock_timestamp(),
         done_at_start = done
   where tenant_id = $1 and operation_id = $2 and status in ('waiting', 'running')
  returning tenant_id as "tenantId", operation_id as "operationId", kind, actor, input, spool_id as "spoolId",
    checkpoint, attempts, cancel_requested as "cancelRequested",
    to_char(requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "requestedAt"`;

/** Lets the next attempt begin after so many seconds; one that was only interrupted counts for nothing. */
const PUT_BACK = `
  update operations.operation
     set status = 'waiting', retry_at = clock_timestamp() + $4 * interval '1 second', attempts = attempts - $5
   where tenant_id = $1 and operation_id = $2 and attempts = $3 and status = 'running'`;

type Client = pg.PoolClient;

/** Carries out operations, one at a time, as long as the process lives; those of processes that died are taken over. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #kinds: ReadonlyMap<string, OperationKind>;
  #wake: () => void = () => undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#kinds = new Map(options.kinds.map((kind) => [kind.name, kind]));
  }

  /** There may be something to do. */
  readonly wake = (): void => this.#wake();

  async run(): Promise<void> {
    const { signal, logger } = this.#options;
    signal.addEventListener('abort', this.wake, { once: true });
    while (!signal.aborted) {
      const worked = await this.#workOnce().catch((error: unknown) => {
        logger.warn({ err: error }, 'operations cannot be looked for; trying again');
        return false;
      });
      if (!worked && !signal.aborted) await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LOOK_EVERY_MS);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }

  async #workOnce(): Promise<boolean> {
    const { pool } = this.#options;
    const { rows } = await pool.query<{ tenantId: string; operationId: string }>(CANDIDATES, [[...this.#kinds.keys()]]);
    for (const { tenantId, operationId } of rows) {
      if (await this.#tryOne(tenantId, operationId)) return true;
    }
    return false;
  }

  /** The lock belongs to a connection: when either end of that dies, another process may go on. */
  async #tryOne(tenantId: string, operationId: string): Promise<boolean> {
    const { pool, signal } = this.#options;
    const client = await pool.connect();
    const losing = new AbortController();
    const lost = (): void => losing.abort();
    client.on('error', lost);
    const key = `operation ${tenantId} ${operationId}`;
    let broken = false;
    try {
      const { rows } = await client.query<{ locked: boolean }>(LOCK, [key]);
      if (rows[0]?.locked !== true) return false;
      try {
        await this.#take(client, tenantId, operationId, AbortSignal.any([signal, losing.signal]));
      } finally {
        await client.query(UNLOCK, [key]).catch(() => {
          broken = true;
        });
      }
      return true;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  async #take(client: Client, tenantId: string, operationId: string, signal: AbortSignal): Promise<void> {
    const { rows } = await client.query<Taken>(TAKE, [tenantId, operationId]);
    const [taken] = rows;
    const kind = taken === undefined ? undefined : this.#kinds.get(taken.kind);
    if (taken === undefined || kind === undefined) return;
    const { pool, logger } = this.#options;
    try {
      await finishAttempt(pool, taken, await kind.run(openAttempt(pool, taken, signal)));
    } catch (fault) {
      if (fault instanceof Interrupted) await this.#putBack(taken, 0, 1);
      else {
        logger.error({ err: fault, kind: kind.name, operationId, attempt: taken.attempts }, 'an operation failed');
        await this.#afterFault(taken);
      }
    }
  }

  async #afterFault(taken: Taken): Promise<void> {
    if (taken.attempts < MOST_ATTEMPTS) await this.#putBack(taken, 2 ** (taken.attempts - 1), 0);
    else await finishAttempt(this.#options.pool, taken, { status: 'failed', result: null, failure: FAILED });
  }

  async #putBack({ tenantId, operationId, attempts }: Taken, seconds: number, forgiven: number): Promise<void> {
    await this.#options.pool.query(PUT_BACK, [tenantId, operationId, attempts, seconds, forgiven]);
  }
}
