import { askedQuestions, NOT_IN_HISTORY, pathOf } from '../asked-questions.ts';
import { closedLoops } from '../closed-loops.ts';
import type { Sealed, SealOrder } from '../contenders/seal-log.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import { largeAgency } from '../large-agency.ts';
import type { Target } from '../load/connection.ts';
import { startWorker } from '../worker.ts';

const READERS = 16;
const MOST_MS = 50;
const PATHS = 400;
const QUICK_EVERY = 40;

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

/** Seals the whole log: proofs are asked of a tree of that size. */
const sealAll = async (url: string): Promise<void> => {
  const notary = startWorker<SealOrder, Sealed>(new URL('../contenders/seal-log.ts', import.meta.url));
  await notary.ask({ begin: url, hurry: true });
  await notary.ask({ end: true });
  await notary.stop();
};

const measure = async (bench: Bench): Promise<Line[]> => {
  const { say, ...how } = bench;
  const { runs, seconds } = effort(how, { runs: 1, seconds: 4 });
  await using closing = new AsyncDisposableStack();
  const { url, agency, events } = await largeAgency(closing, bench);
  await sealAll(url);
  const api = await startHeadroom('api', { DATABASE_URL: url });
  closing.defer(api.stop);
  const lines: Line[] = [];
  const all = askedQuestions();
  const asked = how.quick ? all.filter((_, n) => n % QUICK_EVERY === 0) : all;
  for (const operation of asked) {
    const wanted = Array.from({ length: how.quick ? 4 : PATHS }, (_, n) =>
      pathOf(operation, { ...agency, sealed: events }, n),
    );
    const { answered, firstMs, refusal } = await answeredPaths(api.target, agency.key, [...new Set(wanted)]);
    const { operationId } = operation;
    if (answered.length === 0) {
      const why = NOT_IN_HISTORY[operationId];
      // Of a few days of history some things are missing that a long one has.
      if (why === undefined && !how.quick) throw new Error(`nothing of the history answers ${refusal}`);
      say(`${operationId}: not measured, ${why ?? refusal.slice(0, 160)}`);
      continue;
    }
    await using pass = new AsyncDisposableStack();
    const traffic = { kind: 'get', key: agency.key, paths: answered } as const;
    const load = await closedLoops(pass, { traffic, seconds, connections: READERS })(api.target);
    const samples: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { perSecond, p99 } = await load();
      say(`${operationId}: ${Math.round(perSecond)} answers/s, p99 ${p99.toFixed(1)} ms`);
      samples.push(p99);
    }
    lines.push(
      absolute(`questions-${operationId}-p99`, 'ms', samples, { atMost: MOST_MS }),
      absolute(`questions-${operationId}-first`, 'ms', firstMs),
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
