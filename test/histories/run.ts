/**
 * `npm run histories -- COUNT SEED`: so many random histories (10,000 unless told), first in memory, then as tenants of a
 * running server. `npm run histories -- in-memory COUNT SEED` and `-- served COUNT SEED` do one of both. Prints a JSON line
 * for each, and progress beside it; what fails is told with the fewest steps that still fail. Leaves with 1 then.
 */
import { startSharedTestPostgres } from '@headroom/embedded-postgres/testing';
import { exitWithParent } from '@headroom/host/process/supervised';
import fc from 'fast-check';
import { type Step, steps } from '../support/history-steps.ts';
import { type BatchReport, runBatch } from './batch.ts';
import { type History, makeHistory } from './history.ts';
import { lookInMemory } from './in-memory.ts';
import { type Failure, MEMORY_PROPERTIES, type Property, SERVED_PROPERTIES } from './properties.ts';
import { openScene } from './scene.ts';
import { smallerThan } from './smaller.ts';
import { within } from './span.ts';

const A_BATCH = 250;
/** Failures of one property that are made smaller. */
const MADE_SMALLER = 2;

interface Way {
  readonly properties: readonly Property[];
  readonly look: (histories: readonly History[]) => Promise<BatchReport>;
}

const inMemory = async (histories: readonly History[]): Promise<BatchReport> => {
  const looked: Awaited<ReturnType<typeof lookInMemory>>[] = [];
  for (const history of histories) looked.push(await lookInMemory(history));
  return {
    histories: histories.length,
    events: histories.reduce((sum, { published }) => sum + published.length, 0),
    replayed: 0,
    answers: looked.reduce((sum, { answers }) => sum + answers, 0),
    failures: looked.flatMap(({ failures }) => failures),
  };
};

const ways: Readonly<Record<string, Way>> = {
  'in-memory': { properties: MEMORY_PROPERTIES, look: inMemory },
  served: {
    properties: SERVED_PROPERTIES,
    look: (histories) => within(async (span) => runBatch(await openScene(span), histories)),
  },
};

const words = process.argv.slice(2);
const wanted = words[0] !== undefined && words[0] in ways ? [words.shift() as string] : Object.keys(ways);
const [count = 10_000, seed = Date.now() % 1_000_000] = words.map(Number);

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const tell = async (failure: Failure, taken: readonly Step[], smaller: boolean): Promise<void> => {
  say(`${failure.property} fails for history ${failure.number} of seed ${seed}:\n${failure.message}`);
  if (!smaller) return;
  const { taken: left, message } = await smallerThan(taken, failure, seed);
  say(`the fewest steps that fail:\n${JSON.stringify(left)}\n${message}`);
};

/** Takes a way through all histories; gives how many properties failed. */
const go = async (name: string, { properties, look }: Way): Promise<number> => {
  const done = { histories: 0, events: 0, answers: 0, replayed: 0 };
  const failed = Object.fromEntries(properties.map((property) => [property, 0]));
  for (let from = 0; from < count; from += A_BATCH) {
    // A seed of its own, so that any batch can be had alone.
    const numRuns = Math.min(A_BATCH, count - from);
    const taken = fc.sample(steps, { numRuns, seed: seed * 1_000 + from / A_BATCH });
    const report = await look(taken.map((each, index) => makeHistory(from + index, each, seed)));
    done.histories += report.histories;
    done.events += report.events;
    done.answers += report.answers;
    done.replayed += report.replayed;
    for (const failure of report.failures) {
      const before = failed[failure.property] ?? 0;
      failed[failure.property] = before + 1;
      await tell(failure, taken[failure.number - from] ?? [], before < MADE_SMALLER);
    }
    const { user, system } = process.cpuUsage();
    const seconds = ((user + system) / 1e6).toFixed(0);
    say(
      `${name}: ${done.histories} of ${count} histories, seed ${seed}, ${seconds} s of CPU, ${JSON.stringify(failed)}`,
    );
  }
  process.stdout.write(`${JSON.stringify({ name: `histories ${name}`, seed, ...done, failed })}\n`);
  return Object.values(failed).reduce((sum, each) => sum + each, 0);
};

exitWithParent();
const postgres = await startSharedTestPostgres();
try {
  for (const name of wanted) if ((await go(name, ways[name] as Way)) > 0) process.exitCode = 1;
} finally {
  await postgres.stop();
}
