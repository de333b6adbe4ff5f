import { settleAgency } from '../agency.ts';
import { CONNECTIONS, closedLoops, describeServed } from '../closed-loops.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import type { Target } from '../load/connection.ts';
import { EMMETT } from '../peers/emmett.ts';
import { inRounds } from '../rounds.ts';
import { startWorker } from '../worker.ts';

const HISTORY = { quick: 3_000, full: 20_000 };

const measure = async ({ cluster, say, ...how }: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort(how, { runs: 5, seconds: 4 });
  await using closing = new AsyncDisposableStack();
  const database = async (): Promise<string> => {
    const { url, drop } = await cluster.database();
    closing.defer(drop);
    return url;
  };
  const startPeer = async (name: string): Promise<Target> => {
    const url = await database();
    const program = new URL(`../peers/fastify-${name}.ts`, import.meta.url);
    const peer = startWorker<{ readonly url: string }, Target>(program);
    closing.defer(peer.stop);
    return peer.ask({ url });
  };
  const url = await database();
  const { key, specialists, openStages } = await settleAgency(url, how.quick ? HISTORY.quick : HISTORY.full);
  const api = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(api.stop);

  const load = closedLoops(closing, { traffic: { kind: 'log-hours', key, specialists, stages: openStages }, seconds });
  const contenders = {
    headroom: await load(api.target),
    insert: await load(await startPeer('insert')),
    emmett: await load(await startPeer('emmett')),
  };
  await cluster.settle();
  const samples = await inRounds({ runs, contenders, describe: describeServed, say });
  const speed = (name: keyof typeof samples) => samples[name].map(({ perSecond }) => perSecond);
  const p99 = samples.headroom.map((served) => served.p99);
  const plain = { name: 'bare Fastify, one autocommitted INSERT', values: speed('insert') };
  const onEmmett = { name: `bare Fastify on ${EMMETT}`, values: speed('emmett') };
  return [
    relative('log-hours', 'requests/s', speed('headroom'), plain, { atLeast: 1.5 }),
    relative('log-hours', 'requests/s', speed('headroom'), onEmmett, { atLeast: 4 }),
    absolute('log-hours-p99', 'ms', p99),
  ];
};

/** The most frequent command, as it is in production: credentials, validation, idempotency, decision, append. */
export const logHours: Figure = {
  name: 'log-hours',
  title: `POST /v1/time-entries over ${CONNECTIONS} connections`,
  measure,
};
