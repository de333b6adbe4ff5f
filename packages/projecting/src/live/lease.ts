import type pg from 'pg';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** The right to fold, as long as nobody has taken it over. */
export interface Lease {
  readonly name: string;
  readonly token: number;
}

/** Wakes those that wait for a lease. */
export const LEASE_CHANNEL = 'headroom_lease';

/** What sessions of the holder of a token are called, so that a successor can end those that hang in a transaction. */
export const sessionName = ({ name, token }: Lease): string => `headroom ${name} ${token}`.slice(0, 63);

/** Sessions of a holder whose time is up may hold locks; its process may have been stopped in the midst of a write. */
const endSessions = (client: Queryable, lease: Lease) =>
  client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1`, [
    sessionName(lease),
  ]);

/**
 * Takes the lease when it is free, expired or this holder's own; undefined when somebody else has it. Time is the
 * database's. `forMs` is how long it lasts unless renewed.
 */
export const takeLease = async (
  client: Queryable,
  name: string,
  holder: string,
  forMs: number,
): Promise<Lease | undefined> => {
  const sql = `select token, expires_at < clock_timestamp() or holder = $2 as free from projecting.lease where name = $1`;
  const [before] = (await client.query<{ token: number; free: boolean }>(sql, [name, holder])).rows;
  if (before && !before.free) return undefined;
  if (before) await endSessions(client, { name, token: before.token });
  const taken = await client.query<{ token: number }>(
    `insert into projecting.lease (name, holder, token, expires_at)
     values ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
     on conflict (name) do update
       set holder = excluded.holder, token = lease.token + 1, expires_at = excluded.expires_at
       where lease.token = $4 and (lease.expires_at < clock_timestamp() or lease.holder = excluded.holder)
     returning token`,
    [name, holder, forMs, before?.token ?? 0],
  );
  const token = taken.rows[0]?.token;
  return token === undefined ? undefined : { name, token };
};

/** Makes the lease last for so long from now on; false when it is lost. */
export const renewLease = async (client: Queryable, { name, token }: Lease, forMs: number): Promise<boolean> => {
  const sql = `update projecting.lease set expires_at = clock_timestamp() + $3 * interval '1 millisecond'
    where name = $1 and token = $2`;
  return (await client.query(sql, [name, token, forMs])).rowCount === 1;
};

/** Gives the lease back, so that the next holder need not wait for its end. */
export const releaseLease = async (client: Queryable, { name, token }: Lease): Promise<void> => {
  const sql = `update projecting.lease set expires_at = '-infinity' where name = $1 and token = $2`;
  await client.query(sql, [name, token]);
  await client.query(`notify ${LEASE_CHANNEL}`);
};
