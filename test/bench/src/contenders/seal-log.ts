import { createPostgresEventStore } from '@headroom/event-store';
import { createNotary, runNotary } from '@headroom/notary';
import { createPool } from '@headroom/postgres';
import { answering } from '../answering.ts';

/** Begin to seal the log of a database, or end it and tell how far it came; null: nothing is sealed. */
export type SealOrder = { readonly begin: string; readonly hurry?: boolean } | { readonly end: true };

export interface Sealed {
  readonly upTo: number;
  /** How long the last single append waited for its receipt, in ms. */
  readonly receiptMs: number;
}

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
const PATIENCE_MS = 1_200_000;

let stop: (() => Promise<Sealed>) | undefined;

const begin = async (url: string, hurry: boolean): Promise<Sealed> => {
  const store = await createPostgresEventStore({ connectionString: url });
  const pool = createPool(url, { applicationName: 'bench', max: 1 });
  const ending = new AbortController();
  const { done } = runNotary({
    store,
    connectionString: url,
    subjects: { stageId: 'stage', projectId: 'project', clientId: 'client', specialistId: 'specialist' },
    hurry,
    signal: ending.signal,
    logger: QUIET,
  });
  const notary = createNotary({ pool, store });
  stop = async () => {
    const upTo = await notary.sealed(0, 0);
    const began = performance.now();
    await notary.sealed(await store.head(), PATIENCE_MS);
    const receiptMs = performance.now() - began;
    ending.abort();
    await done;
    await Promise.all([store.close(), pool.end()]);
    return { upTo, receiptMs };
  };
  return { upTo: 0, receiptMs: 0 };
};

/** The notary in a process of its own, as the projector has it. */
answering<SealOrder, Sealed>(async (order) => {
  if ('begin' in order) return begin(order.begin, order.hurry ?? false);
  return (await stop?.()) ?? { upTo: 0, receiptMs: 0 };
});
