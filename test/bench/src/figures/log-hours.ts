import { settleAgency } from '../agency.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import type { ClosedLoopOrder, Served } from '../load/closed-loop.ts';
import type { Target } from '../load/connection.ts';
import type { Traffic } from '../load/requests.ts';
import { EMMETT } from '../peers/emmett.ts';
import { inRounds } from '../rounds.ts';
import { startWorker } from '../worker.ts';

const CONNECTIONS = 50;
const WARM_UP_SHARE = 0.3;
const HISTORY = { quick: 3_000, full: 20_000 };

const peer = (name: string) =>
  startWorker<{ readonly url: string }, Target>(new URL(`../peers/fastify-${name}.ts`, import.meta.url));

const measure = async ({ cluster, say, ...how }: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort(how, { runs: 5, seconds: 4 });
  await using closing = new AsyncDisposableStack();
  const database = async (): Promise<string> => {
    const { url, drop } = await cluster.database();
    closing.defer(drop);
    return url;
  };
  const url = await database();
  const agency = await settleAgency(url, how.quick ? HISTORY.quick : HISTORY.full);
  const [insert, emmett] = [peer('insert'), peer('emmett')];
  closing.defer(insert.stop);
  closing.defer(emmett.stop);
  const headroom = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(headroom.stop);
  const generator = startWorker<ClosedLoopOrder, Served>(new URL('../load/closed-loop.ts', import.meta.url));
  closing.defer(generator.stop);

  const traffic: Traffic = {
    kind: 'log-hours',
    key: agency.key,
    specialists: agency.specialists,
    stages: agency.openStages,
  };
  const load = (target: Target) => async (): Promise<Served> => {
    await cluster.settle();
    return generator.ask({
      target,
      traffic,
      connections: CONNECTIONS,
      warmUpSeconds: seconds * WARM_UP_SHARE,
      seconds,
    });
  };
  const samples = await inRounds(
    runs,
    {
      headroom: load(headroom.target),
      insert: load(await insert.ask({ url: await database() })),
      emmett: load(await emmett.ask({ url: await database() })),
    },
    (run, name, { perSecond, p99 }) =>
      say(`run ${run}, ${name}: ${Math.round(perSecond)} requests/s, p99 ${p99.toFixed(1)} ms`),
  );
  const speed = (name: keyof typeof samples) => samples[name].map(({ perSecond }) => perSecond);
  const plain = { name: 'bare Fastify, one autocommitted INSERT', values: speed('insert') };
  const onEmmett = { name: `bare Fastify on ${EMMETT}`, values: speed('emmett') };
  return [
    relative('log-hours', 'requests/s', speed('headroom'), plain, { atLeast: 1.5 }),
    relative('log-hours', 'requests/s', speed('headroom'), onEmmett, { atLeast: 4 }),
    absolute(
      'log-hours-p99',
      'ms',
      samples.headroom.map(({ p99 }) => p99),
    ),
  ];
};

/** The most frequent command, as it is in production: credentials, validation, idempotency, decision, append. */
export const logHours: Figure = {
  name: 'log-hours',
  title: `POST /v1/time-entries over ${CONNECTIONS} connections`,
  measure,
};
