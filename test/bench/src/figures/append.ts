import type { Cluster } from '../cluster.ts';
import type { WriteOrder, Written } from '../contenders/writers.ts';
import { type Bench, effort, type Figure } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { EMMETT } from '../peers/emmett.ts';
import { prepareLog } from '../prepare.ts';
import { inRounds } from '../rounds.ts';
import { startWorker } from '../worker.ts';

const WRITERS = 32;
const WARM_UP_SHARE = 0.25;
/** A contender that begins each run with an empty database, and warms up before it is measured. */
const contender = (cluster: Cluster, name: string, prepare: (url: string) => Promise<void>, seconds: number) => {
  const worker = startWorker<WriteOrder, Written>(new URL(`../contenders/append-${name}.ts`, import.meta.url));
  return {
    run: async (): Promise<Written> => {
      const { url, drop } = await cluster.database();
      await prepare(url);
      await cluster.settle();
      const written = await worker.ask({ url, writers: WRITERS, warmUpSeconds: seconds * WARM_UP_SHARE, seconds });
      await drop();
      return written;
    },
    stop: worker.stop,
  };
};

const measure = async ({ cluster, say, ...how }: Bench) => {
  const { runs, seconds } = effort(how, { runs: 5, seconds: 2 });
  const headroom = contender(cluster, 'headroom', prepareLog.headroom, seconds);
  const emmett = contender(cluster, 'emmett', prepareLog.emmett, seconds);
  const insert = contender(cluster, 'insert', prepareLog.plain, seconds);
  const fsyncs: number[] = [];
  try {
    const samples = await inRounds({
      runs,
      contenders: {
        headroom: async () => {
          fsyncs.push(await cluster.fsyncMs());
          return headroom.run();
        },
        emmett: emmett.run,
        insert: insert.run,
      },
      describe: ({ perSecond, p99 }) => `${Math.round(perSecond)} events/s, p99 ${p99.toFixed(1)} ms`,
      say,
    });
    const speed = (name: keyof typeof samples) => samples[name].map(({ perSecond }) => perSecond);
    const p99 = (name: keyof typeof samples) => samples[name].map((written) => written.p99);
    const plain = { name: 'plain INSERT, autocommitted', values: speed('insert') };
    return [
      relative('append', 'events/s', speed('headroom'), { name: EMMETT, values: speed('emmett') }, { atLeast: 8 }),
      relative('append', 'events/s', speed('headroom'), plain, { atLeast: 2 }),
      relative('append-p99', 'ms', p99('headroom'), { name: EMMETT, values: p99('emmett') }, { atMost: 0.25 }),
      absolute('append-fsync', 'ms', fsyncs),
    ];
  } finally {
    await Promise.all([headroom, emmett, insert].map(({ stop }) => stop()));
  }
};

/** Speed and latency of appends. */
export const append: Figure = {
  name: 'append',
  title: `one event a stream, ${WRITERS} concurrent writers, fsync on`,
  measure,
};
