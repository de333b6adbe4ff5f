import type { FactsFrom } from '../decisions/roi/facts.ts';

/**
 * The facts with newly recorded ones: in the order of their months, one record a month; what is newly said supersedes,
 * what is not said stays as it was.
 */
export const withFacts = (known: readonly FactsFrom[], recorded: FactsFrom): FactsFrom[] => {
  const before = known.find(({ effectiveFrom }) => effectiveFrom === recorded.effectiveFrom);
  const merged: FactsFrom = {
    effectiveFrom: recorded.effectiveFrom,
    conversion: recorded.conversion ?? before?.conversion ?? null,
    closeRate: recorded.closeRate ?? before?.closeRate ?? null,
    averageCheck: recorded.averageCheck ?? before?.averageCheck ?? null,
    grossMargin: recorded.grossMargin ?? before?.grossMargin ?? null,
  };
  return [...known.filter((each) => each !== before), merged].sort((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? -1 : 1,
  );
};
