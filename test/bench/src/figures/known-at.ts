import { addMonths, monthOf } from '@headroom/kernel';
import type { Agency } from '../agency.ts';
import { closedLoops } from '../closed-loops.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import { keepVersions } from '../keep-versions.ts';
import { largeAgency } from '../large-agency.ts';
import type { Target } from '../load/connection.ts';

const READERS = 4;
const MOST_MS = 100;
const PATHS = { quick: 4, full: 200 };

const pick = (list: readonly string[], n: number): string => list[(n * 7_919) % list.length] ?? '';

/** Every question about money, each of another stage, project, client or month. */
const QUESTIONS: Readonly<Record<string, (agency: Agency, n: number) => string>> = {
  stage: ({ stages }, n) => `/v1/stages/${pick(stages, n)}/profitability`,
  project: ({ projects }, n) => `/v1/projects/${pick(projects, n)}/profitability`,
  client: ({ clients }, n) => `/v1/clients/${pick(clients, n)}/profitability`,
  review: ({ lastDay }, n) => `/v1/reviews/${addMonths(monthOf(lastDay), -(n % 24))}`,
  managers: ({ lastDay }, n) => `/v1/reviews/${addMonths(monthOf(lastDay), -(n % 24))}/managers`,
  portfolio: () => '/v1/portfolio',
  loyalty: ({ clients }, n) => `/v1/clients/${pick(clients, n)}/loyalty`,
  roi: ({ clients }, n) => `/v1/clients/${pick(clients, n)}/roi`,
};

/** One about a part of the log, and one about all of it. */
const SEEN_QUICKLY: readonly string[] = ['stage', 'portfolio'];

/** Those that were answered at their moments: some things were not there yet. */
const answered = async ({ host, port }: Target, key: string, paths: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for (const path of paths) {
    const response = await fetch(`http://${host}:${port}${path}`, { headers: { authorization: `Bearer ${key}` } });
    await response.arrayBuffer();
    if (response.ok) found.push(path);
  }
  return found;
};

const measure = async (bench: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort(bench, { runs: 3, seconds: 4 });
  await using closing = new AsyncDisposableStack();
  const { url, agency, events } = await largeAgency(closing, bench);
  const kept = await keepVersions(url);
  bench.say(`versions of ${events} events kept in ${kept.toFixed(0)} s`);
  const server = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(server.stop);
  const wanted = PATHS[bench.quick ? 'quick' : 'full'];
  const lines = [absolute('known-at-kept', 's', [kept])];
  for (const [name, pathOf] of Object.entries(QUESTIONS)) {
    if (bench.quick && !SEEN_QUICKLY.includes(name)) continue;
    const paths = Array.from({ length: wanted }, (_, n) => {
      const position = Math.floor((events * (wanted + n)) / (2 * wanted));
      return `${pathOf(agency, n)}?asOf=${agency.lastDay}&knownAt=${position}`;
    });
    const traffic = { kind: 'get', key: agency.key, paths: await answered(server.target, agency.key, paths) } as const;
    await using pass = new AsyncDisposableStack();
    const load = await closedLoops(pass, { traffic, seconds, connections: READERS })(server.target);
    const samples: number[] = [];
    for (let run = 0; run < runs; run += 1) samples.push((await load()).p99);
    bench.say(`${name} at ${traffic.paths.length} moments: p99 ${samples.map((ms) => ms.toFixed(1)).join(', ')} ms`);
    lines.push(absolute(`known-at-${name}-p99`, 'ms', samples, { atMost: MOST_MS }));
  }
  return lines;
};

/** What was known once, of every kind of money question. */
export const knownAt: Figure = {
  name: 'known-at',
  title: `answers of the past over a million time entries, at moments of its second half, ${READERS} readers`,
  measure,
};
