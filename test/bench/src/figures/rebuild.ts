import { forgetReadModels, settleAgency } from '../agency.ts';
import type { Drained } from '../contenders/drain-log.ts';
import type { Folded, LiveOrder } from '../contenders/live-headroom.ts';
import type { EmmettRebuildOrder, EmmettRebuilt } from '../contenders/rebuild-emmett.ts';
import type { Rebuilt } from '../contenders/rebuild-headroom.ts';
import type { Bench, Figure, Line } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { EMMETT } from '../peers/emmett.ts';
import { inRounds } from '../rounds.ts';
import { startWorker } from '../worker.ts';

const SIZES = {
  quick: { runs: 1, events: 5_000, emmettEvents: 300, oneByOne: 300 },
  full: { runs: 5, events: 1_000_000, emmettEvents: 8_000, oneByOne: 4_000 },
};
const MOST_MB = 400;

type Contender = 'headroom' | 'emmett' | 'naive' | 'copy';

const worker = <Question extends object, Answer>(name: string) =>
  startWorker<Question, Answer>(new URL(`../contenders/${name}.ts`, import.meta.url));

/** A process for each run, so that its peak of memory is that of the run. */
const rebuildOnce = async (url: string): Promise<Rebuilt> => {
  const headroom = worker<{ readonly url: string }, Rebuilt>('rebuild-headroom');
  try {
    return await headroom.ask({ url });
  } finally {
    await headroom.stop();
  }
};

const told = ({ phases }: Rebuilt): string =>
  Object.entries(phases)
    .map(([phase, ms]) => `${phase} ${(ms / 1_000).toFixed(1)} s`)
    .join(', ');

const measure = async ({ cluster, quick, say }: Bench): Promise<Line[]> => {
  const { runs, events, emmettEvents, oneByOne } = SIZES[quick ? 'quick' : 'full'];
  await using closing = new AsyncDisposableStack();
  const [logOfOurs, theirs] = [await cluster.database(), await cluster.database()];
  closing.defer(logOfOurs.drop);
  closing.defer(theirs.drop);
  const emmett = worker<EmmettRebuildOrder, EmmettRebuilt>('rebuild-emmett');
  closing.defer(emmett.stop);
  const naive = worker<LiveOrder, Folded>('live-one-by-one');
  closing.defer(naive.stop);
  const drain = worker<{ readonly url: string; readonly events: number }, Drained>('drain-log');
  closing.defer(drain.stop);
  await settleAgency(logOfOurs.url, events);
  await emmett.ask({ do: 'load', url: theirs.url, events: emmettEvents });
  say(`${events} events in our log, ${emmettEvents} in emmett's`);

  const peaks: number[] = [];
  const compared: number[] = [];
  const samples = await inRounds<Contender, Folded>({
    runs,
    contenders: {
      headroom: async () => {
        await forgetReadModels(logOfOurs.url);
        await cluster.settle();
        const rebuilt = await rebuildOnce(logOfOurs.url);
        say(`from nothing: ${told(rebuilt)}; at most ${Math.round(rebuilt.peakMb)} MB`);
        const again = await rebuildOnce(logOfOurs.url);
        say(`beside live rows: ${told(again)}; at most ${Math.round(again.peakMb)} MB`);
        peaks.push(Math.max(rebuilt.peakMb, again.peakMb));
        compared.push(again.events / again.seconds);
        return rebuilt;
      },
      emmett: () => emmett.ask({ do: 'rebuild', url: theirs.url, events: emmettEvents }),
      naive: () => naive.ask({ url: logOfOurs.url, events: oneByOne }),
      copy: () => drain.ask({ url: logOfOurs.url, events }),
    },
    describe: (sample) => `${Math.round(sample.events / sample.seconds)} events/s`,
    say,
  });
  const speed = (name: keyof typeof samples) => samples[name].map((sample) => sample.events / sample.seconds);
  const against = (name: string, contender: Contender) => ({ name, values: speed(contender) });
  const ours = speed('headroom');
  return [
    absolute('rebuild', 'events/s', ours, { atLeast: 250_000 }),
    relative('rebuild', 'events/s', ours, against(EMMETT, 'emmett'), { atLeast: 100 }),
    relative('rebuild', 'events/s', ours, against('an update for each event', 'naive'), { atLeast: 50 }),
    relative('rebuild', 'events/s', ours, against('COPY of the log, drained unread', 'copy'), { atLeast: 0.4 }),
    absolute('rebuild-compared', 'events/s', compared),
    absolute('rebuild-memory', 'MB', peaks, { atMost: MOST_MB }),
  ];
};

/** All read models from the first event on. */
export const rebuild: Figure = {
  name: 'rebuild',
  title: 'all read models from a million events',
  measure,
};
