import type { NewEvent } from '@headroom/event-store';
import { historyOf, newEvents, type PublishedEvent } from '../support/histories.ts';
import type { Step } from '../support/history-steps.ts';
import { randomFrom } from '../support/random-from.ts';

/** A random history and what is random about asking for it; the same number, steps and seed give the same. */
export interface History {
  readonly number: number;
  readonly tenantId: string;
  readonly taken: readonly Step[];
  /** Chooses what is asked; goes on from where it was. */
  readonly random: () => number;
  readonly published: readonly PublishedEvent[];
  readonly events: readonly NewEvent[];
  /** So many events have happened when it is asked for the first time. */
  readonly cut: number;
}

const SPREAD = 7_919;
const BEGUN = historyOf([]).length;

export const makeHistory = (
  number: number,
  taken: readonly Step[],
  seed: number,
  tenantId = `history${number}`,
): History => {
  const random = randomFrom(seed * SPREAD + number);
  const published = historyOf(taken);
  const cut = BEGUN + Math.floor(random() * (published.length - BEGUN + 1));
  return { number, tenantId, taken, random, published, events: newEvents(published, tenantId), cut };
};

/** One of several, as the history chooses. */
export const oneOf = <T>({ random }: Pick<History, 'random'>, choices: readonly T[]): T =>
  choices[Math.floor(random() * choices.length)] as T;
