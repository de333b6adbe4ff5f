import type pg from 'pg';
import type { Projection } from '../projection.ts';
import { rebuild } from '../rebuild/rebuild.ts';
import { FoldFailed } from '../rebuild/shadow.ts';
import { SteppedDown } from './faults.ts';
import type { Term } from './term.ts';

/** Writes down why a projection cannot be built; rows of an older version, if there are any, go on serving. */
const recordFailure = async (client: pg.Client, term: Term, { projection, failure }: FoldFailed): Promise<void> => {
  const { lease, settings } = term;
  await client.query('begin');
  await client.query('select projecting.check_lease($1, $2)', [lease.name, lease.token]);
  await client.query(
    `insert into projecting.checkpoint (projection, position, version, fingerprint, status, failure)
     values ($1, 0, 0, 'never made', 'stopped', $2)
     on conflict (projection) do update set status = 'stopped', failure = excluded.failure, updated_at = clock_timestamp()`,
    [projection.name, JSON.stringify(failure)],
  );
  await client.query('commit');
  settings.logger.error({ projection: projection.name, ...failure }, 'projection cannot be built');
};

/**
 * Builds projections whose rows are missing or of another version, while the others go on. One that cannot fold an event
 * is written down as stopped and left out. Ends the term when anything was built, so that the next one goes on with it.
 */
export const build = async (client: pg.Client, term: Term, projections: readonly Projection[]): Promise<void> => {
  const { store, connectionString, logger } = term.settings;
  let left = projections;
  while (left.length > 0) {
    try {
      const report = await rebuild({ store, connectionString, projections: left, signal: term.signal });
      logger.info({ projections: left.map(({ name }) => name), ...report }, 'projections built');
      throw new SteppedDown('projections were built; going on with them');
    } catch (error) {
      if (term.signal.aborted) return;
      if (!(error instanceof FoldFailed)) throw error;
      await recordFailure(client, term, error);
      left = left.filter((projection) => projection !== error.projection);
    }
  }
};
