import type pg from 'pg';
import { resumeAll } from '../database/checkpoints.ts';

/** Tells whoever folds that a stopped projection shall try again. */
export const RESUME_CHANNEL = 'headroom_resume';

/** Lets stopped projections try again, from any process; gives the names of those that were stopped. */
export const resumeProjections = async (
  client: Pick<pg.ClientBase, 'query'>,
  projections: readonly string[],
): Promise<string[]> => {
  const resumed = await resumeAll(client, projections);
  for (const name of resumed) await client.query('select pg_notify($1, $2)', [RESUME_CHANNEL, name]);
  return resumed;
};
