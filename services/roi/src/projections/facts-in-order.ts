import type { businessFactsRecorded, EventData } from '@headroom/contracts/events';
import type { FactsFrom } from '../decisions/roi/facts.ts';

type Recorded = Omit<EventData<typeof businessFactsRecorded>['BusinessFactsRecorded'], 'clientId'>;

/**
 * The facts with newly recorded ones: in the order of their months, one record a month; what is newly said supersedes,
 * what is not said stays as it was.
 */
export const withFacts = (known: readonly FactsFrom[], recorded: Recorded): FactsFrom[] => {
  const { effectiveFrom, measuredFrom, measuredTo } = recorded;
  const before = known.find((each) => each.effectiveFrom === effectiveFrom);
  const said = <Fact extends object>(fact: Fact | null) =>
    fact === null ? null : { ...fact, measuredFrom, measuredTo };
  const merged: FactsFrom = {
    effectiveFrom,
    conversion: said(recorded.conversion) ?? before?.conversion ?? null,
    closeRate: said(recorded.closeRate) ?? before?.closeRate ?? null,
    averageCheck: said(recorded.averageCheck) ?? before?.averageCheck ?? null,
    grossMargin: said(recorded.grossMargin) ?? before?.grossMargin ?? null,
  };
  return [...known.filter((each) => each !== before), merged].sort((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? -1 : 1,
  );
};
