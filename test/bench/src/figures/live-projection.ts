import { forgetReadModels, settleAgency } from '../agency.ts';
import type { Folded, LiveOrder } from '../contenders/live-headroom.ts';
import type { Bench, Figure, Line } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { inRounds } from '../rounds.ts';
import { startWorker } from '../worker.ts';

const SIZES = {
  quick: { runs: 1, events: 3_000, oneByOne: 300 },
  full: { runs: 5, events: 100_000, oneByOne: 4_000 },
};

const worker = (name: string) =>
  startWorker<LiveOrder, Folded>(new URL(`../contenders/live-${name}.ts`, import.meta.url));

const measure = async ({ cluster, quick, say }: Bench): Promise<Line[]> => {
  const { runs, events, oneByOne } = SIZES[quick ? 'quick' : 'full'];
  await using closing = new AsyncDisposableStack();
  const { url, drop } = await cluster.database();
  closing.defer(drop);
  const [headroom, peer] = [worker('headroom'), worker('one-by-one')];
  closing.defer(headroom.stop);
  closing.defer(peer.stop);
  await settleAgency(url, events);
  const samples = await inRounds({
    runs,
    contenders: {
      headroom: async () => {
        await forgetReadModels(url);
        await cluster.settle();
        return headroom.ask({ url, events });
      },
      oneByOne: () => peer.ask({ url, events: oneByOne }),
    },
    describe: (sample) => `${Math.round(sample.events / sample.seconds)} events/s`,
    say,
  });
  const speed = (name: keyof typeof samples) => samples[name].map((sample) => sample.events / sample.seconds);
  const against = { name: 'a transaction for each event', values: speed('oneByOne') };
  return [
    absolute('live-projection', 'events/s', speed('headroom'), { atLeast: 80_000 }),
    relative('live-projection', 'events/s', speed('headroom'), against, { atLeast: 50 }),
  ];
};

/** Read models that follow the log. */
export const liveProjection: Figure = {
  name: 'live-projection',
  title: 'all read models, live, page by page',
  measure,
};
