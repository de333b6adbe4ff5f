import type { KeyClaim } from '@headroom/event-store';
import { createPool } from '@headroom/postgres';

/**
 * Knows for every idempotency key the content it was first used for, across streams and processes, so that a key names
 * one wish of a tenant. That the wish has one effect is up to the log.
 */
export interface KeyLedger {
  /** True when the key is new or was used for the same content before, false when it was used for another one. */
  claim(claim: KeyClaim): Promise<boolean>;
  close(): Promise<void>;
}

type Waiting = KeyClaim & { readonly resolve: (mine: boolean) => void; readonly reject: (error: unknown) => void };

export interface KeyLedgerOptions {
  /**
   * Whether the log is kept in this very database. A claim need not wait for the disk then: it stands before its append
   * in the same write-ahead log, so whatever crash the append survives, the claim does. False unless told.
   */
  readonly withLog?: boolean;
}

/** Gives the rows that were there before; what this statement inserted is not among them. */
const claimSql = (synchronousCommit: 'on' | 'off'): string => `
  with relaxed as materialized (
    select set_config('synchronous_commit', '${synchronousCommit}', true)
  ), claimed as (
    select * from unnest($1::text[], $2::text[], $3::text[]) with ordinality as c(tenant_id, key, fingerprint, n)
  ), inserted as (
    insert into commanding.command_key (tenant_id, key, fingerprint)
    select tenant_id, key, fingerprint from claimed order by tenant_id, key
    on conflict do nothing
    returning tenant_id, key
  )
  select known.n, known.mine from (
    -- A scalar sub-select is always answered from the index; a join may be turned into a scan of all keys there are.
    select c.n::int4 as n, (
      select k.fingerprint = c.fingerprint from commanding.command_key k where k.tenant_id = c.tenant_id and k.key = c.key
    ) as mine from claimed c offset 0
  ) known where known.mine is not null
  union all
  select -(select count(*) from inserted)::int4, true from relaxed`;

const LARGEST_BATCH = 1_000;

/**
 * The ledger in Postgres, over a connection of its own. Claims of one turn of the event loop, and those that come while a
 * batch is under way, go out together.
 */
export const postgresKeyLedger = (connectionString: string, { withLog = false }: KeyLedgerOptions = {}): KeyLedger => {
  const text = claimSql(withLog ? 'off' : 'on');
  const pool = createPool(connectionString, { applicationName: 'headroom key ledger', max: 1 });
  let waiting: Waiting[] = [];
  let busy = false;

  const query = async (batch: readonly KeyClaim[]): Promise<Map<number, boolean>> => {
    const values = [batch.map((c) => c.tenantId), batch.map((c) => c.key), batch.map((c) => c.fingerprint)];
    const { rows } = await pool.query<{ n: number; mine: boolean }>({ name: 'claim-keys', text, values });
    const known = new Map<number, boolean>();
    let inserted = 0;
    for (const { n, mine } of rows) {
      if (n <= 0) inserted = -n;
      else known.set(n - 1, mine);
    }
    // Not inserted and not seen: another process's insert became visible in between. Asked again, it is seen.
    if (inserted + known.size < batch.length) return query(batch);
    return known;
  };

  const claimBatch = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const known = await query(batch);
      for (const [n, { resolve }] of batch.entries()) resolve(known.get(n) ?? true);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  /** The largest batch in which no key occurs twice; what is left waits for the next one. */
  const takeBatch = (): Waiting[] => {
    const seen = new Set<string>();
    const left: Waiting[] = [];
    const batch: Waiting[] = [];
    for (const claim of waiting) {
      const id = `${claim.tenantId}/${claim.key}`;
      if (batch.length === LARGEST_BATCH || seen.has(id)) left.push(claim);
      else {
        seen.add(id);
        batch.push(claim);
      }
    }
    waiting = left;
    return batch;
  };

  const work = async (): Promise<void> => {
    while (waiting.length > 0) await claimBatch(takeBatch());
    busy = false;
  };

  return {
    claim: ({ tenantId, key, fingerprint }) =>
      new Promise((resolve, reject) => {
        waiting.push({ tenantId, key, fingerprint, resolve, reject });
        if (busy) return;
        busy = true;
        setImmediate(() => void work());
      }),
    close: () => pool.end(),
  };
};
