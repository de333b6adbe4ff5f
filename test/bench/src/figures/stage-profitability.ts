import { foldAll, settleAgency } from '../agency.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import type { ClosedLoopOrder, Served } from '../load/closed-loop.ts';
import type { Target } from '../load/connection.ts';
import type { SelectOrder } from '../peers/fastify-select.ts';
import { inRounds } from '../rounds.ts';
import { median, rounded } from '../statistics.ts';
import { startWorker } from '../worker.ts';

const CONNECTIONS = 50;
const WARM_UP_SHARE = 0.3;
const HISTORY = { quick: 3_000, full: 50_000 };
const ANSWERS_AT_ONCE = 20;

const pathOf = (stageId: string): string => `/v1/stages/${stageId}/profitability`;

/** What the API answers for each stage: the rows that the peer serves. */
const answersOf = async (
  { host, port }: Target,
  key: string,
  stages: readonly string[],
): Promise<SelectOrder['rows']> => {
  const rows: [string, string][] = [];
  const headers = { authorization: `Bearer ${key}` };
  for (let from = 0; from < stages.length; from += ANSWERS_AT_ONCE) {
    const some = stages.slice(from, from + ANSWERS_AT_ONCE).map(async (stageId): Promise<[string, string]> => {
      const response = await fetch(`http://${host}:${port}${pathOf(stageId)}`, { headers });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
      return [stageId, await response.text()];
    });
    rows.push(...(await Promise.all(some)));
  }
  return rows;
};

const measure = async ({ cluster, say, ...how }: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort(how, { runs: 5, seconds: 4 });
  await using closing = new AsyncDisposableStack();
  const { url, drop } = await cluster.database();
  closing.defer(drop);
  const agency = await settleAgency(url, how.quick ? HISTORY.quick : HISTORY.full);
  await foldAll(url);
  const headroom = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(headroom.stop);
  const rows = await answersOf(headroom.target, agency.key, agency.stages);
  say(`${rows.length} stages, an answer of ${Math.round(median(rows.map(([, data]) => data.length)))} bytes`);

  const beside = await cluster.database();
  closing.defer(beside.drop);
  const peer = startWorker<SelectOrder, Target>(new URL('../peers/fastify-select.ts', import.meta.url));
  closing.defer(peer.stop);
  const generator = startWorker<ClosedLoopOrder, Served>(new URL('../load/closed-loop.ts', import.meta.url));
  closing.defer(generator.stop);
  await cluster.settle();

  const traffic = { kind: 'get', key: agency.key, paths: agency.stages.map(pathOf) } as const;
  const load = (target: Target) => () =>
    generator.ask({ target, traffic, connections: CONNECTIONS, warmUpSeconds: seconds * WARM_UP_SHARE, seconds });
  const samples = await inRounds(
    runs,
    { headroom: load(headroom.target), select: load(await peer.ask({ url: beside.url, rows })) },
    (run, name, { perSecond, p99 }) =>
      say(`run ${run}, ${name}: ${Math.round(perSecond)} requests/s, p99 ${p99.toFixed(1)} ms`),
  );
  const speed = (name: keyof typeof samples) => samples[name].map(({ perSecond }) => perSecond);
  const plain = { name: 'bare Fastify, one pooled primary-key SELECT', values: speed('select') };
  return [
    relative('stage-profitability', 'requests/s', speed('headroom'), plain, { atLeast: 1.5 }),
    absolute(
      'stage-profitability-p99',
      'ms',
      samples.headroom.map(({ p99 }) => rounded(p99)),
    ),
  ];
};

/** The most frequent question, computed from the ledger of its stage at each request. */
export const stageProfitability: Figure = {
  name: 'stage-profitability',
  title: `GET /v1/stages/:id/profitability over ${CONNECTIONS} connections`,
  measure,
};
