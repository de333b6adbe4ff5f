import { createPostgresEventStore } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { runProjections } from '@headroom/projecting';
import { answering } from '../answering.ts';

/** Follow the log of a database, or let go of it. */
export type FoldOrder = { readonly begin: string } | { readonly end: true };

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

let stop: () => Promise<void> = async () => undefined;

const begin = async (url: string): Promise<void> => {
  const store = await createPostgresEventStore({ connectionString: url });
  const ending = new AbortController();
  const { signal } = ending;
  const { done } = runProjections({
    store,
    connectionString: url,
    projections,
    holder: 'bench',
    signal,
    logger: QUIET,
  });
  stop = async () => {
    ending.abort();
    await done;
    await store.close();
  };
};

/** All projections in a process of their own, as the projector has them. */
answering<FoldOrder, null>(async (order) => {
  await ('begin' in order ? begin(order.begin) : stop());
  return null;
});
