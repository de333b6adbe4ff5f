import { foldAll, settleAgency } from '../agency.ts';
import { CONNECTIONS, closedLoops, describeServed } from '../closed-loops.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute, relative } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import type { Target } from '../load/connection.ts';
import type { SelectOrder } from '../peers/fastify-select.ts';
import { inRounds } from '../rounds.ts';
import { median } from '../statistics.ts';
import { startWorker } from '../worker.ts';

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
  const { key, stages } = await settleAgency(url, how.quick ? HISTORY.quick : HISTORY.full);
  await foldAll(url);
  const api = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(api.stop);
  const rows = await answersOf(api.target, key, stages);
  say(`${rows.length} stages, an answer of ${Math.round(median(rows.map(([, data]) => data.length)))} bytes`);

  const beside = await cluster.database();
  closing.defer(beside.drop);
  const peer = startWorker<SelectOrder, Target>(new URL('../peers/fastify-select.ts', import.meta.url));
  closing.defer(peer.stop);
  const target = await peer.ask({ url: beside.url, rows });

  const load = closedLoops(closing, { traffic: { kind: 'get', key, paths: stages.map(pathOf) }, seconds });
  const contenders = { headroom: await load(api.target), select: await load(target) };
  const samples = await inRounds({ runs, contenders, describe: describeServed, say });
  const speed = (name: keyof typeof samples) => samples[name].map(({ perSecond }) => perSecond);
  const p99 = samples.headroom.map((served) => served.p99);
  const plain = { name: 'bare Fastify, one pooled primary-key SELECT', values: speed('select') };
  return [
    relative('stage-profitability', 'requests/s', speed('headroom'), plain, { atLeast: 1.5 }),
    absolute('stage-profitability-p99', 'ms', p99),
  ];
};

/** The most frequent question, computed from the ledger of its stage. */
export const stageProfitability: Figure = {
  name: 'stage-profitability',
  title: `GET /v1/stages/:id/profitability over ${CONNECTIONS} connections`,
  measure,
};
