import { readFileSync } from 'node:fs';
import { type Agency, settleAgency } from '../agency.ts';
import { closedLoops } from '../closed-loops.ts';
import type { Cluster } from '../cluster.ts';
import type { Rebuilt } from '../contenders/rebuild-headroom.ts';
import { startHeadroom } from '../headroom-process.ts';
import { startWorker } from '../worker.ts';

/** What so many events cost. */
export interface Grown {
  readonly events: number;
  readonly rebuildSeconds: number;
  /** The most that the rebuilding process took. */
  readonly rebuildMb: number;
  /** Of answers of the past, anywhere in the second half of the log. */
  readonly knownAtP99Ms: number;
  /** The most that the process took which gave them. */
  readonly apiMb: number;
}

const READERS = 4;
const PATHS = 400;

const peakMb = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

/** Addresses of figures as they were known, where the stage was known by then. */
const pathsOf = ({ stages, lastDay }: Agency, events: number): string[] =>
  Array.from({ length: PATHS }, (_, n) => {
    const stage = stages[(n * 7_919) % Math.ceil(stages.length / 3)];
    const position = Math.floor((events * (PATHS + n)) / (2 * PATHS));
    return `/v1/stages/${stage}/profitability?asOf=${lastDay}&knownAt=${position}`;
  });

const rebuilt = async (url: string): Promise<Rebuilt> => {
  const worker = startWorker<{ readonly url: string }, Rebuilt>(
    new URL('../contenders/rebuild-headroom.ts', import.meta.url),
  );
  try {
    return await worker.ask({ url });
  } finally {
    await worker.stop();
  }
};

/** Fills a database of its own with so many events, rebuilds all read models, and asks for figures of the past. */
export const measureSize = async (cluster: Cluster, events: number, seconds: number): Promise<Grown> => {
  await using closing = new AsyncDisposableStack();
  const { url, drop } = await cluster.database();
  closing.defer(drop);
  const agency = await settleAgency(url, events);
  await cluster.settle();
  const { seconds: rebuildSeconds, peakMb: rebuildMb } = await rebuilt(url);
  const server = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(server.stop);
  const traffic = { kind: 'get', key: agency.key, paths: pathsOf(agency, events) } as const;
  const load = await closedLoops(closing, { traffic, seconds, connections: READERS })(server.target);
  const { p99: knownAtP99Ms } = await load();
  return { events, rebuildSeconds, rebuildMb, knownAtP99Ms, apiMb: peakMb(server.pid) };
};
