import type { ClosedLoopOrder, Served } from './load/closed-loop.ts';
import type { Target } from './load/connection.ts';
import type { Traffic } from './load/requests.ts';
import { startWorker } from './worker.ts';

export const CONNECTIONS = 50;

/** Before the first run: a server that has just begun runs uncompiled code for its first tens of thousands of requests. */
const FIRST_WARM_UP = 2;
/** Before each run: the caches of the machine hold what the contender before left. */
const WARM_UP = 0.2;

export const describeServed = ({ perSecond, p99 }: Served): string =>
  `${Math.round(perSecond)} requests/s, p99 ${p99.toFixed(1)} ms`;

/**
 * Clients that each wait for an answer before they ask again, in a process of their own until `closing`. Gives a function
 * that warms a server up and gives its contender.
 */
export const closedLoops = (
  closing: AsyncDisposableStack,
  {
    traffic,
    seconds,
    connections = CONNECTIONS,
  }: { readonly traffic: Traffic; readonly seconds: number; readonly connections?: number },
) => {
  const program = new URL('./load/closed-loop.ts', import.meta.url);
  const generator = startWorker<ClosedLoopOrder, Served>(program);
  closing.defer(generator.stop);
  const load = (target: Target, warmUpSeconds: number): Promise<Served> =>
    generator.ask({ target, traffic, connections, warmUpSeconds, seconds });
  return async (target: Target): Promise<() => Promise<Served>> => {
    await load(target, FIRST_WARM_UP * seconds);
    return () => load(target, WARM_UP * seconds);
  };
};
