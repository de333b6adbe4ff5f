import type pg from 'pg';
import { type Checkpoint, isCurrent, readCheckpoints } from '../database/checkpoints.ts';
import { quote, retiredSchemaOf, schemaOf, shadowSchemaOf } from '../database/names.ts';
import { fingerprintOf } from '../database/schema.ts';
import { PROJECTED_CHANNEL } from '../live/write-page.ts';
import type { Projection } from '../projection.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/**
 * Runs a task while nobody can move the checkpoints of projections: whoever folds waits before it writes. In a
 * transaction, which commits what the task did.
 */
export const whileHeld = async <T>(
  client: Queryable,
  projections: readonly Projection[],
  task: (checkpoints: ReadonlyMap<string, Checkpoint>) => Promise<T>,
): Promise<T> => {
  const names = projections.map(({ name }) => name);
  await client.query('begin');
  try {
    const sql = 'select 1 from projecting.checkpoint where projection = any($1) order by projection for update';
    await client.query(sql, [names]);
    const result = await task(await readCheckpoints(client, names));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};

/** Projections whose live rows are made by this very version, and are being kept up to date. */
export const comparable = (
  projections: readonly Projection[],
  checkpoints: ReadonlyMap<string, Checkpoint>,
): Projection[] =>
  projections.filter((projection) => {
    const checkpoint = checkpoints.get(projection.name);
    return checkpoint !== undefined && checkpoint.status === 'following' && isCurrent(projection, checkpoint);
  });

const LOCK_NOT_AVAILABLE = '55P03';

/** Whether somebody was reading for too long; to be tried again. */
export const isBusy = (error: unknown): boolean => (error as { readonly code?: unknown }).code === LOCK_NOT_AVAILABLE;

/** All that is live, also of an older version; in the order in which readers lock, so that nobody waits in a circle. */
const liveTables = async (client: Queryable, projections: readonly Projection[]): Promise<string[]> => {
  const sql = 'select schemaname as schema, tablename as name from pg_tables where schemaname = any($1)';
  const { rows } = await client.query<{ schema: string; name: string }>(sql, [projections.map(schemaOf)]);
  return rows.map(({ schema, name }) => `${quote(schema)}.${quote(name)}`).sort();
};

const swapSchemas = async (client: Queryable, projection: Projection): Promise<void> => {
  const live = schemaOf(projection);
  const { rowCount } = await client.query('select 1 from pg_namespace where nspname = $1', [live]);
  if (rowCount === 1) await client.query(`alter schema ${quote(live)} rename to ${quote(retiredSchemaOf(projection))}`);
  await client.query(`alter schema ${quote(shadowSchemaOf(projection))} rename to ${quote(live)}`);
};

/**
 * Puts the shadows, which hold for `position`, in the place of the live rows, inside of the transaction that the client
 * has open. Waits for readers, but not for long: then it fails so that `isBusy`. Whoever folds loses the lease, since
 * what it has in memory may not be what is there now; the same process may take it again at once.
 */
export const switchOver = async (
  client: Queryable,
  projections: readonly Projection[],
  position: number,
  waitMs: number,
): Promise<void> => {
  await client.query(`set local lock_timeout = ${waitMs}`);
  const tables = await liveTables(client, projections);
  if (tables.length > 0) await client.query(`lock table ${tables.join(', ')} in access exclusive mode`);
  for (const projection of projections) {
    await swapSchemas(client, projection);
    await client.query(
      `insert into projecting.checkpoint (projection, position, version, fingerprint, status)
       values ($1, $2, $3, $4, 'following')
       on conflict (projection) do update set position = excluded.position, version = excluded.version,
         fingerprint = excluded.fingerprint, status = 'following', failure = null, updated_at = clock_timestamp()`,
      [projection.name, position, projection.version, fingerprintOf(projection)],
    );
  }
  await client.query('update projecting.lease set token = token + 1');
  await client.query('select pg_notify($1, $2)', [
    PROJECTED_CHANNEL,
    [position, ...projections.map(({ name }) => name)].join(' '),
  ]);
};
