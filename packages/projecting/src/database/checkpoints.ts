import type pg from 'pg';
import type { Projection } from '../projection.ts';
import { quote, schemaOf } from './names.ts';
import { createSchema, fingerprintOf } from './schema.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** An event that a projection cannot fold; it stays in front of it until it can. */
export interface Failure {
  readonly position: number;
  readonly type: string;
  readonly error: string;
}

/** How far a projection has folded the log, and whether it goes on. */
export interface Checkpoint {
  readonly projection: string;
  readonly position: number;
  readonly version: number;
  readonly fingerprint: string;
  readonly status: 'following' | 'stopped';
  readonly failure: Failure | null;
}

/** The checkpoints of projections, by name; those that have none yet are missing. */
export const readCheckpoints = async (
  client: Queryable,
  projections: readonly string[],
): Promise<Map<string, Checkpoint>> => {
  const sql = `select projection, position, version, fingerprint, status, failure
    from projecting.checkpoint where projection = any($1)`;
  const { rows } = await client.query<Checkpoint>(sql, [projections]);
  return new Map(rows.map((row) => [row.projection, row]));
};

/** Whether the rows behind a checkpoint were made by this very projection, by its version and tables. */
export const isCurrent = (projection: Projection, checkpoint: Checkpoint): boolean =>
  checkpoint.version === projection.version && checkpoint.fingerprint === fingerprintOf(projection);

/** Makes the empty tables of a projection, in place of any there are, and sets its checkpoint to the beginning. */
export const beginAtZero = async (client: Queryable, projection: Projection): Promise<void> => {
  const schema = schemaOf(projection);
  await client.query(`drop schema if exists ${quote(schema)} cascade`);
  await createSchema(client, projection, schema);
  await client.query(
    `insert into projecting.checkpoint (projection, position, version, fingerprint, status) values ($1, 0, $2, $3, 'following')
     on conflict (projection) do update set position = 0, version = excluded.version, fingerprint = excluded.fingerprint,
       status = 'following', failure = null, updated_at = clock_timestamp()`,
    [projection.name, projection.version, fingerprintOf(projection)],
  );
};

/** Lets stopped projections try again; gives their names. */
export const resumeAll = async (client: Queryable, projections: readonly string[]): Promise<string[]> => {
  const sql = `update projecting.checkpoint set status = 'following', failure = null, updated_at = clock_timestamp()
    where projection = any($1) and status = 'stopped' returning projection`;
  const { rows } = await client.query<{ projection: string }>(sql, [projections]);
  return rows.map(({ projection }) => projection);
};
