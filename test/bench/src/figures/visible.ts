import { migrateDatabaseAt } from '@headroom/host/migrations';
import type { Visible, VisibleOrder } from '../contenders/append-visibly.ts';
import type { FoldOrder } from '../contenders/fold-live.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute } from '../goal.ts';
import { disturbance, watchOthers } from '../others.ts';
import { startWorker } from '../worker.ts';

const EVENTS_A_SECOND = 2_000;
const MOST_MS = 50;
const HISTORY = { quick: 2_000, full: 100_000 };

const worker = <Question extends object, Answer>(name: string) =>
  startWorker<Question, Answer>(new URL(`../contenders/${name}.ts`, import.meta.url));

const measure = async ({ cluster, quick, say }: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort({ quick }, { runs: 5, seconds: 20 });
  await using closing = new AsyncDisposableStack();
  const { url, drop } = await cluster.database();
  closing.defer(drop);
  await migrateDatabaseAt(url);
  const projector = worker<FoldOrder, null>('fold-live');
  closing.defer(projector.stop);
  const writer = worker<VisibleOrder, Visible>('append-visibly');
  closing.defer(writer.stop);
  await projector.ask({ begin: url });
  closing.defer(async () => {
    await projector.ask({ end: true });
  });
  // One run more than are counted: a process that has just begun runs uncompiled code.
  const more = Math.ceil((runs + 2) * seconds * EVENTS_A_SECOND);
  await writer.ask({ url, events: HISTORY[quick ? 'quick' : 'full'], more });
  await cluster.settle();
  await writer.ask({ perSecond: EVENTS_A_SECOND, seconds });
  const p99: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const others = watchOthers();
    const seen = await writer.ask({ perSecond: EVENTS_A_SECOND, seconds });
    say(
      `run ${run}: ${seen.events} events, p50 ${seen.p50.toFixed(1)}, p99 ${seen.p99.toFixed(1)} ms${disturbance(others())}`,
    );
    p99.push(seen.p99);
  }
  return [absolute('visible-p99', 'ms', p99, { atMost: MOST_MS })];
};

/** How long it takes until figures hold what was recorded. */
export const visible: Figure = {
  name: 'visible',
  title: `from when an event is due until all read models hold it, at ${EVENTS_A_SECOND} a second`,
  measure,
};
