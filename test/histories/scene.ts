import { projections } from '@headroom/host/operations';
import { createPool } from '@headroom/postgres';
import { createReadModels, type OpenReadModels } from '@headroom/projecting';
import { startRandomAgencies } from '../support/random-agency.ts';
import type { Span } from '../support/running-headroom.ts';

/** A running server on a database of its own, with the read models beside it, for as long as the span lasts. */
export const openScene = async (span: Span) => {
  const { url, store, databaseUrl, keyFor, ask } = await startRandomAgencies(span);
  const pool = createPool(databaseUrl, { applicationName: 'histories' });
  const readModels: OpenReadModels = createReadModels({ pool, connectionString: databaseUrl, store, projections });
  span.teardown(async () => {
    await readModels.close();
    await pool.end();
  });
  return { url, store, databaseUrl, keyFor, ask, readModels };
};

export type Scene = Awaited<ReturnType<typeof openScene>>;

const WAIT_MS = 600_000;
const NAMES = projections.map(({ name }) => name);

/** Waits until the live rows hold the whole log; gives the position that it ends at. */
export const folded = async ({ store, readModels }: Scene): Promise<number> => {
  const head = await store.head();
  if (!(await readModels.caughtUp(NAMES, head, WAIT_MS))) throw new Error('the projections lag');
  return head;
};
