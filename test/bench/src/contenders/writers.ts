import { quantile } from '../statistics.ts';

/** What the writers got done; latencies in milliseconds. */
export interface Written {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export interface WriteOrder {
  /** A migrated, empty database. */
  readonly url: string;
  readonly writers: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Writers that each append one event after the other for some seconds; gives the latency of each append. */
const writeFor = async (
  seconds: number,
  writers: number,
  append: () => Promise<unknown>,
): Promise<{ readonly latencies: number[]; readonly took: number }> => {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  const writer = async (): Promise<void> => {
    for (let now = performance.now(); now < end; ) {
      await append();
      const done = performance.now();
      latencies.push(done - now);
      now = done;
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return { latencies, took: (performance.now() - start) / 1_000 };
};

/** Warms up, then measures writers that each wait for one append before the next; `append` gets the number of its event. */
export const measureWriters = async (
  { writers, warmUpSeconds, seconds }: WriteOrder,
  append: (n: number) => Promise<unknown>,
): Promise<Written> => {
  let next = 0;
  const appendNext = (): Promise<unknown> => {
    next += 1;
    return append(next);
  };
  await writeFor(warmUpSeconds, writers, appendNext);
  const { latencies, took } = await writeFor(seconds, writers, appendNext);
  return { perSecond: latencies.length / took, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
};
