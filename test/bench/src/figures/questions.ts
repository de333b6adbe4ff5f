import type { Operation, Question } from '@headroom/contracts/rest';
import { describedOperations } from '@headroom/host/operations';
import { firstDayOf, monthOf } from '@headroom/kernel';
import type { Agency } from '../agency.ts';
import { closedLoops } from '../closed-loops.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import { largeAgency } from '../large-agency.ts';
import type { Target } from '../load/connection.ts';

const READERS = 16;
const MOST_MS = 50;
const PATHS = 400;
const QUICK_EVERY = 40;

const isQuestion = (operation: Operation): operation is Question => operation.kind === 'question';

/** Values of parameters that name something of the agency; others are as in the question's own example. */
const valuesOf = (agency: Agency, n: number): { readonly [parameter: string]: string | undefined } => {
  const pick = (list: readonly string[]): string | undefined => list[(n * 7_919) % Math.max(1, list.length)];
  const month = monthOf(agency.lastDay);
  return {
    stageId: pick(agency.stages),
    projectId: pick(agency.projects),
    clientId: pick(agency.clients),
    specialistId: pick(agency.specialists),
    managerId: pick(agency.specialists),
    requestId: pick(agency.requests),
    role: 'designer',
    month,
    from: firstDayOf(month),
    to: agency.lastDay,
    asOf: agency.lastDay,
  };
};

/** Questions about one of several things, with what the example asks for; `asOf` is the end of the history. */
const pathOf = ({ path, query, example }: Question, agency: Agency, n: number): string => {
  const values = valuesOf(agency, n);
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? example.params?.[name] ?? name);
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(example.query ?? {}))
    if (!['cursor', 'knownAt'].includes(name)) asked.set(name, values[name] ?? value);
  if ('asOf' in query.shape && values.asOf) asked.set('asOf', values.asOf);
  return asked.size === 0 ? filled : `${filled}?${asked}`;
};

/** Those of the paths that are answered (a closed stage, say, refuses small requests), and how long each took one asker the first time. */
const answeredPaths = async ({ host, port }: Target, key: string, paths: readonly string[]) => {
  const answered: string[] = [];
  const firstMs: number[] = [];
  let refusal = '';
  for (const path of paths) {
    const from = performance.now();
    const response = await fetch(`http://${host}:${port}${path}`, { headers: { authorization: `Bearer ${key}` } });
    const text = await response.text();
    if (response.ok) {
      answered.push(path);
      firstMs.push(performance.now() - from);
    } else if (response.status >= 500) throw new Error(`${path}: ${response.status} ${text}`);
    else refusal = `${path}: ${response.status} ${text}`;
  }
  return { answered, firstMs, refusal };
};

const measure = async (bench: Bench): Promise<Line[]> => {
  const { say, ...how } = bench;
  const { runs, seconds } = effort(how, { runs: 1, seconds: 4 });
  await using closing = new AsyncDisposableStack();
  const { url, agency } = await largeAgency(closing, bench);
  const api = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(api.stop);
  const lines: Line[] = [];
  const all = describedOperations()
    .map((bound) => bound.operation as Operation)
    .filter(isQuestion);
  const asked = how.quick ? all.filter((_, n) => n % QUICK_EVERY === 0) : all;
  for (const operation of asked) {
    const wanted = Array.from({ length: how.quick ? 4 : PATHS }, (_, n) => pathOf(operation, agency, n));
    const { answered, firstMs, refusal } = await answeredPaths(api.target, agency.key, [...new Set(wanted)]);
    if (answered.length === 0) {
      say(`${operation.operationId}: not measured, nothing of the history answers it (${refusal.slice(0, 160)})`);
      continue;
    }
    await using pass = new AsyncDisposableStack();
    const traffic = { kind: 'get', key: agency.key, paths: answered } as const;
    const load = await closedLoops(pass, { traffic, seconds, connections: READERS })(api.target);
    const samples: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { perSecond, p99 } = await load();
      say(`${operation.operationId}: ${Math.round(perSecond)} answers/s, p99 ${p99.toFixed(1)} ms`);
      samples.push(p99);
    }
    lines.push(
      absolute(`questions-${operation.operationId}-p99`, 'ms', samples, { atMost: MOST_MS }),
      absolute(`questions-${operation.operationId}-first`, 'ms', firstMs),
    );
  }
  return lines;
};

/** Every question there is, over the data of `npm run demo:large`. */
export const questions: Figure = {
  name: 'questions',
  title: `every question over a million time entries, ${READERS} readers`,
  measure,
};
