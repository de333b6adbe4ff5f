import { foldAll, settleSteps, TENANT } from '../agency.ts';
import { closedLoops, describeServed } from '../closed-loops.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { clientIdOf, FIVE_YEARS_END, fiveYears } from '../five-years.ts';
import { absolute } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import { inRounds } from '../rounds.ts';

const READERS = 16;
const CLIENTS = { quick: 5, full: 500 };
const MOST_MS = 50;

const measure = async ({ cluster, say, ...how }: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort(how, { runs: 3, seconds: 4 });
  await using closing = new AsyncDisposableStack();
  const { url, drop } = await cluster.database();
  closing.defer(drop);
  const clients = how.quick ? CLIENTS.quick : CLIENTS.full;
  const key = await settleSteps(url, fiveYears(TENANT, clients));
  await foldAll(url);
  const api = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(api.stop);
  const paths = Array.from({ length: clients }, (_, n) => `/v1/clients/${clientIdOf(n)}/roi?asOf=${FIVE_YEARS_END}`);
  const load = closedLoops(closing, { traffic: { kind: 'get', key, paths }, seconds, connections: READERS });
  const contenders = { headroom: await load(api.target) };
  const { headroom } = await inRounds({ runs, contenders, describe: describeServed, say });
  const p99 = headroom.map((served) => served.p99);
  return [
    absolute('client-roi-p99', 'ms', p99, { atMost: MOST_MS }),
    absolute(
      'client-roi',
      'requests/s',
      headroom.map(({ perSecond }) => perSecond),
    ),
  ];
};

/** What clients earned over five years, from monthly data. */
export const clientRoi: Figure = {
  name: 'client-roi',
  title: `GET /v1/clients/:id/roi over five years of ${CLIENTS.full} clients, ${READERS} readers`,
  measure,
};
