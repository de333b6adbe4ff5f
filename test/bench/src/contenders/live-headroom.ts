import { createPostgresEventStore } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { type RunningProjections, runProjections } from '@headroom/projecting';
import { answering } from '../answering.ts';

export interface LiveOrder {
  readonly url: string;
  readonly events: number;
}

export interface Folded {
  readonly events: number;
  readonly seconds: number;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** All projections, live, from the first event of a log to its last: rows and checkpoints in a transaction for each page. */
answering<LiveOrder, Folded>(async ({ url, events }) => {
  const store = await createPostgresEventStore({ connectionString: url });
  const ending = new AbortController();
  let running: RunningProjections | undefined;
  try {
    const start = performance.now();
    await new Promise<void>((resolve) => {
      const positions = new Map<string, number>();
      running = runProjections({
        store,
        connectionString: url,
        projections,
        holder: 'bench',
        signal: ending.signal,
        logger: quiet,
        onPage: ({ projections: folded, position }) => {
          for (const name of folded) positions.set(name, position);
          if (projections.every(({ name }) => (positions.get(name) ?? 0) >= events)) resolve();
        },
      });
    });
    return { events, seconds: (performance.now() - start) / 1_000 };
  } finally {
    ending.abort();
    await running?.done;
    await store.close();
  }
});
