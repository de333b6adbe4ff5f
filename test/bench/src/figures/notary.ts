import { notaryMigrations } from '@headroom/notary';
import { createPool, migrate } from '@headroom/postgres';
import type { Sealed, SealOrder } from '../contenders/seal-log.ts';
import type { WriteOrder, Written } from '../contenders/writers.ts';
import { type Bench, effort, type Figure } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { prepareLog } from '../prepare.ts';
import { inRounds } from '../rounds.ts';
import { startWorker } from '../worker.ts';

const WRITERS = 32;
const WARM_UP_SHARE = 0.25;

type Sample = Written & Partial<Sealed>;

const prepare = async (url: string): Promise<void> => {
  await prepareLog.headroom(url);
  const pool = createPool(url, { applicationName: 'bench', max: 1 });
  await migrate(pool, notaryMigrations);
  await pool.end();
};

const measure = async ({ cluster, say, ...how }: Bench) => {
  const { runs, seconds } = effort(how, { runs: 7, seconds: 3 });
  const writer = startWorker<WriteOrder, Written>(new URL('../contenders/append-headroom.ts', import.meta.url));
  const notary = startWorker<SealOrder, Sealed>(new URL('../contenders/seal-log.ts', import.meta.url));
  const run = async (sealing: boolean): Promise<Sample> => {
    const { url, drop } = await cluster.database();
    await prepare(url);
    await cluster.settle();
    if (sealing) await notary.ask({ begin: url });
    const written = await writer.ask({ url, writers: WRITERS, warmUpSeconds: seconds * WARM_UP_SHARE, seconds });
    const sealed = sealing ? await notary.ask({ end: true }) : {};
    await drop();
    return { ...written, ...sealed };
  };
  try {
    const samples = await inRounds<'with' | 'without', Sample>({
      runs,
      contenders: { with: () => run(true), without: () => run(false) },
      describe: ({ perSecond, upTo, receiptMs }) =>
        `${Math.round(perSecond)} events/s${upTo === undefined ? '' : `, ${upTo} sealed meanwhile, the rest in ${Math.round(receiptMs ?? 0)} ms`}`,
      say,
    });
    const without = { name: 'without the notary', values: samples.without.map(({ perSecond }) => perSecond) };
    return [
      relative(
        'notary',
        'events/s',
        samples.with.map(({ perSecond }) => perSecond),
        without,
        { atLeast: 0.9 },
      ),
      absolute(
        'notary-catching-up',
        'ms',
        samples.with.map(({ receiptMs = 0 }) => receiptMs),
      ),
    ];
  } finally {
    await Promise.all([writer.stop(), notary.stop()]);
  }
};

/** What sealing costs those who append as fast as they can. */
export const notary: Figure = {
  name: 'notary',
  title: `one event a stream, ${WRITERS} concurrent writers, with the notary at work and without`,
  measure,
};
