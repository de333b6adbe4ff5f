import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';

export interface SettleOptions {
  readonly pool: pg.Pool;
  readonly store: EventStore;
  /** The stored type of the event that tells of an erasure, and the subject it tells of. */
  readonly type: string;
  readonly subjectOf: (data: Readonly<Record<string, unknown>>) => string;
  readonly erase: (tenantId: string, subjectId: string) => Promise<void>;
}

const SETTLED = 'select settled from privacy.erasures';
const SETTLE = 'update privacy.erasures set settled = greatest(settled, $1)';

/**
 * Carries out the erasures that the log tells of and that somebody may have died over, those since it was last done.
 * Also after the vault was restored from a copy that is older than the log. Gives how many it looked at.
 */
export const settleErasures = async ({ pool, store, type, subjectOf, erase }: SettleOptions): Promise<number> => {
  const after = (await pool.query<{ settled: number }>(SETTLED)).rows[0]?.settled ?? 0;
  let erasures = 0;
  let settled = after;
  for await (const { events, upTo } of store.readAll({ after, types: [type] })) {
    for (const { data, meta } of events) await erase(meta.tenantId, subjectOf(data));
    erasures += events.length;
    settled = upTo;
  }
  if (settled > after) await pool.query(SETTLE, [settled]);
  return erasures;
};
