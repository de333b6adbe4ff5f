import type pg from 'pg';
import { beginAtZero, type Checkpoint, isCurrent, readCheckpoints, resumeAll } from '../database/checkpoints.ts';
import type { Projection } from '../projection.ts';
import type { Term } from './term.ts';

/** What is to be done with the projections of a term. */
export interface Plan {
  /** Can go on from where their checkpoints stand. */
  readonly ready: readonly { readonly projection: Projection; readonly position: number }[];
  /** Have no rows, or rows of another version: a rebuild makes them, while the old rows serve. */
  readonly toBuild: readonly Projection[];
}

/** A log so short is simply folded from its beginning. */
const SHORT_LOG = 5_000;

const sortOut = (term: Term, checkpoints: ReadonlyMap<string, Checkpoint>, isShort: boolean) => {
  const fresh: Projection[] = [];
  const current: Projection[] = [];
  const toBuild: Projection[] = [];
  for (const projection of term.settings.projections) {
    const checkpoint = checkpoints.get(projection.name);
    if (!checkpoint) (isShort ? fresh : toBuild).push(projection);
    else if (isCurrent(projection, checkpoint)) current.push(projection);
    else if (checkpoint.version <= projection.version) toBuild.push(projection);
    else {
      const fields = { projection: projection.name, version: projection.version, live: checkpoint.version };
      term.settings.logger.error(fields, 'a newer version of the projection is live; this process leaves it alone');
    }
  }
  return { fresh, current, toBuild };
};

/** Makes tables that are missing, lets those that stopped try again, and tells what is to be done. */
export const prepare = async (client: pg.Client, term: Term): Promise<Plan> => {
  const { projections, store } = term.settings;
  const isShort = (await store.head()) <= SHORT_LOG;
  await client.query('begin');
  await client.query('select projecting.check_lease($1, $2)', [term.lease.name, term.lease.token]);
  const names = projections.map(({ name }) => name);
  const { fresh, current, toBuild } = sortOut(term, await readCheckpoints(client, names), isShort);
  for (const projection of fresh) await beginAtZero(client, projection);
  const ready = [...fresh, ...current];
  await resumeAll(
    client,
    ready.map(({ name }) => name),
  );
  const checkpoints = await readCheckpoints(client, names);
  await client.query('commit');
  return {
    ready: ready.map((projection) => ({ projection, position: checkpoints.get(projection.name)?.position ?? 0 })),
    toBuild,
  };
};
