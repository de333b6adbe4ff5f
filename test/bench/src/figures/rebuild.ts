import { forgetReadModels, settleAgency } from '../agency.ts';
import type { Drained } from '../contenders/drain-log.ts';
import type { EmmettRebuildOrder, EmmettRebuilt } from '../contenders/rebuild-emmett.ts';
import type { Rebuilt } from '../contenders/rebuild-headroom.ts';
import type { Bench, Figure, Line } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { EMMETT } from '../peers/emmett.ts';
import { inRounds } from '../rounds.ts';
import { startWorker } from '../worker.ts';

const SIZES = {
  quick: { runs: 1, events: 5_000, emmettEvents: 300 },
  full: { runs: 5, events: 1_000_000, emmettEvents: 8_000 },
};
const MOST_MB = 400;

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
  const { runs, events, emmettEvents } = SIZES[quick ? 'quick' : 'full'];
  await using closing = new AsyncDisposableStack();
  const [ours, theirs] = [await cluster.database(), await cluster.database()];
  closing.defer(ours.drop);
  closing.defer(theirs.drop);
  const emmett = worker<EmmettRebuildOrder, EmmettRebuilt>('rebuild-emmett');
  closing.defer(emmett.stop);
  const drain = worker<{ readonly url: string; readonly events: number }, Drained>('drain-log');
  closing.defer(drain.stop);
  await settleAgency(ours.url, events);
  await emmett.ask({ do: 'load', url: theirs.url, events: emmettEvents });
  say(`${events} events in our log, ${emmettEvents} in emmett's`);

  const peaks: number[] = [];
  const compared: number[] = [];
  const samples = await inRounds<'headroom' | 'emmett' | 'copy', { readonly events: number; readonly seconds: number }>(
    {
      runs,
      contenders: {
        headroom: async () => {
          await forgetReadModels(ours.url);
          await cluster.settle();
          const rebuilt = await rebuildOnce(ours.url);
          say(`from nothing: ${told(rebuilt)}; at most ${Math.round(rebuilt.peakMb)} MB`);
          const again = await rebuildOnce(ours.url);
          say(`beside live rows: ${told(again)}; at most ${Math.round(again.peakMb)} MB`);
          peaks.push(Math.max(rebuilt.peakMb, again.peakMb));
          compared.push(again.events / again.seconds);
          return rebuilt;
        },
        emmett: () => emmett.ask({ do: 'rebuild', url: theirs.url, events: emmettEvents }),
        copy: () => drain.ask({ url: ours.url, events }),
      },
      describe: (sample) => `${Math.round(sample.events / sample.seconds)} events/s`,
      say,
    },
  );
  const speed = (name: keyof typeof samples) => samples[name].map((sample) => sample.events / sample.seconds);
  const copy = { name: 'COPY of the log, drained unread', values: speed('copy') };
  return [
    absolute('rebuild', 'events/s', speed('headroom'), { atLeast: 100_000, stretch: 250_000 }),
    relative('rebuild', 'events/s', speed('headroom'), { name: EMMETT, values: speed('emmett') }, { atLeast: 40 }),
    relative('rebuild', 'events/s', speed('headroom'), copy),
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
