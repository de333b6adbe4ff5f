import { randomUUID } from 'node:crypto';
import { addDays } from '@headroom/kernel';
import type { Agency } from '../agency.ts';
import { closedLoops } from '../closed-loops.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import { keepVersions } from '../keep-versions.ts';
import { largeAgency } from '../large-agency.ts';
import type { Target } from '../load/connection.ts';

const READERS = 4;
const PATHS = { quick: 4, full: 400 };
const YEAR = 365;
const MOST = { knownAtMs: 100, whatIfMs: 5_000, visibleMs: 100 };

type Ask = (path: string, how?: { readonly body?: object; readonly after?: string }) => Promise<Response>;

/** Asks with the agency's key. Throws when it is not answered with success. */
const asking =
  ({ host, port }: Target, key: string): Ask =>
  async (path, { body, after } = {}) => {
    const response = await fetch(`http://${host}:${port}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(body && { 'idempotency-key': randomUUID() }),
        ...(after && { 'min-position': after }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
    return response;
  };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

const rateOf = (run: number): string => `${1_000 + run}.0000`;

/** Another rate for everybody, all the way back. */
const whatIf = async (ask: Ask, { specialists }: Agency, runs: number): Promise<number[]> => {
  const samples: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const rates = specialists.map((specialistId) => ({
      specialistId,
      effectiveFrom: '2000-01-01',
      ratePerHour: rateOf(run),
    }));
    samples.push(await timed(() => ask('/v1/rate-changes/preview', { body: { rates } })));
  }
  return samples;
};

/** Another rate for one person's last year, until the whole agency's figures hold it. */
const visible = async (ask: Ask, { specialists, lastDay }: Agency, runs: number): Promise<number[]> => {
  const samples: number[] = [];
  const effectiveFrom = addDays(lastDay, -YEAR);
  const portfolio = `/v1/portfolio?from=${effectiveFrom.slice(0, 7)}&to=${lastDay.slice(0, 7)}`;
  await ask(portfolio);
  for (let run = 0; run < runs; run += 1) {
    const body = { effectiveFrom, ratePerHour: rateOf(run), reason: 'measured' };
    const change = async () => {
      const changed = await ask(`/v1/specialists/${specialists[run % specialists.length]}/cost-rates`, { body });
      await ask(portfolio, { after: changed.headers.get('log-position') ?? '' });
    };
    samples.push(await timed(change));
  }
  return samples;
};

const measure = async (bench: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort(bench, { runs: 5, seconds: 4 });
  await using closing = new AsyncDisposableStack();
  const { url, agency, events } = await largeAgency(closing, bench);
  await keepVersions(url);
  const server = await startHeadroom('standalone', { DATABASE_URL: url });
  closing.defer(server.stop);
  const ask = asking(server.target, agency.key);

  const wanted = PATHS[bench.quick ? 'quick' : 'full'];
  const paths = Array.from({ length: wanted }, (_, n) => {
    const stage = agency.stages[(n * 7_919) % agency.stages.length];
    const position = Math.floor((events * (wanted + n)) / (2 * wanted));
    return `/v1/stages/${stage}/profitability?asOf=${agency.lastDay}&knownAt=${position}`;
  });
  const known: string[] = [];
  for (const path of paths) if (await ask(path).catch(() => undefined)) known.push(path);
  const traffic = { kind: 'get', key: agency.key, paths: known } as const;
  const load = await closedLoops(closing, { traffic, seconds, connections: READERS })(server.target);
  const knownAt: number[] = [];
  for (let run = 0; run < runs; run += 1) knownAt.push((await load()).p99);
  bench.say(`known at ${known.length} moments: p99 ${knownAt.map((ms) => ms.toFixed(1)).join(', ')} ms`);

  const supposed = await whatIf(ask, agency, runs);
  bench.say(`what if everybody cost something else: ${supposed.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  const changed = await visible(ask, agency, runs * 2);
  bench.say(`a year of one person: ${changed.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  return [
    absolute('known-at-p99', 'ms', knownAt, { atMost: MOST.knownAtMs }),
    absolute('what-if', 'ms', supposed, { atMost: MOST.whatIfMs }),
    absolute('rate-change-visible', 'ms', changed, { atMost: MOST.visibleMs }),
  ];
};

/** What was known once, what would be, and what a changed rate makes of a year. */
export const rateChange: Figure = {
  name: 'rate-change',
  title: 'answers of the past, a what-if, and a rate changed a year back, over a million time entries',
  measure,
};
