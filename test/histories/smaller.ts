import type { Step } from '../support/history-steps.ts';
import { runBatch } from './batch.ts';
import { type History, makeHistory } from './history.ts';
import { lookInMemory } from './in-memory.ts';
import { type Failure, MEMORY_PROPERTIES, type Property } from './properties.ts';
import { openScene } from './scene.ts';
import { within } from './span.ts';

/** Histories that are tried together; each is the failing one with some of its steps left out. */
const MOST_TRIES = 60;

/** Without each of its parts, where it is cut into so many. */
const withoutParts = (taken: readonly Step[], parts: number): Step[][] => {
  const size = Math.max(1, Math.ceil(taken.length / parts));
  return Array.from({ length: Math.ceil(taken.length / size) }, (_, part) => [
    ...taken.slice(0, part * size),
    ...taken.slice((part + 1) * size),
  ]);
};

const failuresOf = async (histories: readonly History[], property: Property): Promise<readonly Failure[]> => {
  if (!MEMORY_PROPERTIES.some((each) => each === property))
    return (await within(async (span) => runBatch(await openScene(span), histories))).failures;
  return (await Promise.all(histories.map(lookInMemory))).flatMap(({ failures }) => failures);
};

/** The same number draws the same choices, so the tries differ from the failing history in their steps alone. */
const failingTry = async (tries: readonly Step[][], number: number, property: Property, seed: number) => {
  const histories = tries.map((taken, index) => ({
    ...makeHistory(number, taken, seed, `try${index}`),
    number: index,
  }));
  const failed = (await failuresOf(histories, property)).filter((failure) => failure.property === property);
  return failed.sort((one, other) => (tries[one.number]?.length ?? 0) - (tries[other.number]?.length ?? 0))[0];
};

/** Leaves out what a failure does not need; gives the steps that are left, and what is wrong with them. */
export const smallerThan = async (
  taken: readonly Step[],
  { number, property, message }: Failure,
  seed: number,
): Promise<{ readonly taken: readonly Step[]; readonly message: string }> => {
  let found = { taken, message };
  for (let parts = 2; ; ) {
    const tries = withoutParts(found.taken, Math.min(parts, MOST_TRIES));
    const failing = tries.length === 0 ? undefined : await failingTry(tries, number, property, seed);
    if (failing !== undefined) found = { taken: tries[failing.number] as Step[], message: failing.message };
    else if (parts >= found.taken.length) return found;
    else parts *= 2;
  }
};
