import { addMonths, monthOf } from '@headroom/kernel';
import { type ClientKnowledge, calculateProjects, type LoadedProject } from './client-figures.ts';
import { type AppliedFact, type FactName, type FactsFrom, factNames } from './facts.ts';
import { addProjects, type Outcome, outcomeOf } from './outcome.ts';

/** Why a fact that is known should be asked for again. */
export type Doubt = 'uncertain' | 'estimated' | 'outdated';

/** What it would do to the client's gain to know a fact exactly. Amounts in minor units. */
export interface Narrowing {
  readonly fact: FactName;
  readonly doubt: Doubt;
  /** `high - low` of the gain today. */
  readonly rangeNow: bigint;
  /** The same with this fact at its stated value alone, all others as they are. */
  readonly rangeIfKnown: bigint;
  readonly narrowing: bigint;
}

/** Figures older than this should be asked for again. */
const FRESH_MONTHS = 12;

const rangeOf = ({ gain }: Outcome): bigint => (gain === null ? 0n : gain.high - gain.low);

const settled = (facts: readonly FactsFrom[], name: FactName): FactsFrom[] =>
  facts.map((each) => {
    const fact = each[name];
    return fact === null ? each : { ...each, [name]: { ...fact, low: fact.stated, high: fact.stated } };
  });

const doubtOf = (applied: readonly AppliedFact[], asOf: string): Doubt | undefined => {
  if (applied.some(({ low, high }) => low !== high)) return 'uncertain';
  if (applied.some(({ source }) => source === 'estimate')) return 'estimated';
  const oldest = addMonths(monthOf(asOf), -FRESH_MONTHS);
  const last = applied.findLast(({ measuredTo }) => measuredTo !== null);
  return last?.measuredTo != null && last.measuredTo < oldest ? 'outdated' : undefined;
};

const largestFirst = (one: Narrowing, other: Narrowing): number =>
  one.narrowing === other.narrowing ? 0 : one.narrowing > other.narrowing ? -1 : 1;

/**
 * The facts that were applied and are in doubt, by how much narrower the range of the client's gain would be if each
 * alone were known at its stated value: `(high - low) today - (high - low) with the fact settled`. The cost is certain,
 * so the range of the ROI narrows in the same proportion.
 */
export const narrowings = (projects: readonly LoadedProject[], known: ClientKnowledge, asOf: string): Narrowing[] => {
  const rangeWith = (facts: readonly FactsFrom[]): bigint =>
    rangeOf(outcomeOf(addProjects(calculateProjects(projects, { ...known, facts }, asOf).map(({ months }) => months))));
  const applied = calculateProjects(projects, known, asOf).flatMap((each) => each.applied);
  const rangeNow = rangeWith(known.facts);
  return factNames
    .flatMap((fact): Narrowing[] => {
      const doubt = doubtOf(
        applied.filter(({ name }) => name === fact),
        asOf,
      );
      if (doubt === undefined) return [];
      const rangeIfKnown = rangeWith(settled(known.facts, fact));
      return [{ fact, doubt, rangeNow, rangeIfKnown, narrowing: rangeNow - rangeIfKnown }];
    })
    .sort(largestFirst);
};
