import type { Cluster } from '../cluster.ts';
import type { FollowOrder, Lost } from '../contenders/followed.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute } from '../goal.ts';
import { EMMETT } from '../peers/emmett.ts';
import { prepareLog } from '../prepare.ts';
import { inRounds } from '../rounds.ts';
import { median, rounded } from '../statistics.ts';
import { startWorker } from '../worker.ts';

const WRITERS = 32;

const contender = (cluster: Cluster, name: string, prepare: (url: string) => Promise<void>, seconds: number) => {
  const worker = startWorker<FollowOrder, Lost>(new URL(`../contenders/lost-${name}.ts`, import.meta.url));
  return {
    run: async (): Promise<Lost> => {
      const { url, drop } = await cluster.database();
      await prepare(url);
      const lost = await worker.ask({ url, writers: WRITERS, seconds });
      await drop();
      return lost;
    },
    stop: worker.stop,
  };
};

const shares = (samples: readonly Lost[]): number[] => samples.map(({ lost, appended }) => (100 * lost) / appended);

/** The worst run counts, not the middle one: one lost event is one too many. */
const beside = (samples: readonly Lost[], name: string, others: readonly Lost[]): Line => ({
  ...absolute(
    'lost-events',
    'events',
    samples.map(({ lost, twice }) => lost + twice),
    { exactly: 0 },
  ),
  value: Math.max(...samples.map(({ lost, twice }) => lost + twice)),
  against: { name, value: median(others.map(({ lost }) => lost)) },
  met: samples.every(({ lost, twice, appended }) => lost + twice === 0 && appended > 0),
});

const measure = async ({ cluster, say, ...how }: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort(how, { runs: 5, seconds: 2 });
  const headroom = contender(cluster, 'headroom', prepareLog.headroom, seconds);
  const emmett = contender(cluster, 'emmett', prepareLog.emmett, seconds);
  const sequence = contender(cluster, 'sequence', prepareLog.plain, seconds);
  try {
    const samples = await inRounds({
      runs,
      contenders: { headroom: headroom.run, emmett: emmett.run, sequence: sequence.run },
      describe: ({ lost, twice, appended }) => `${lost} of ${appended} events lost, ${twice} seen twice`,
      say,
    });
    return [
      beside(samples.headroom, `${EMMETT}, its asynchronous consumer`, samples.emmett),
      beside(samples.headroom, 'polling a sequence', samples.sequence),
      absolute('lost-events-emmett', '% of the events', shares(samples.emmett).map(rounded)),
      absolute('lost-events-sequence', '% of the events', shares(samples.sequence).map(rounded)),
    ];
  } finally {
    await Promise.all([headroom, emmett, sequence].map(({ stop }) => stop()));
  }
};

/** Whether an asynchronous reader is given every event. */
export const lostEvents: Figure = {
  name: 'lost-events',
  title: `events that a reader never gets while ${WRITERS} writers append`,
  measure,
};
