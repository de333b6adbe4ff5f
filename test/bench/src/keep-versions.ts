import { createPostgresEventStore } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { catchUpPast } from '@headroom/projecting';

/** Keeps the versions of rows that answers about the past are made of, up to the end of the log; gives the seconds that took. */
export const keepVersions = async (url: string): Promise<number> => {
  const store = await createPostgresEventStore({ connectionString: url });
  const from = performance.now();
  try {
    await catchUpPast({ store, connectionString: url, projections });
  } finally {
    await store.close();
  }
  return (performance.now() - from) / 1_000;
};
