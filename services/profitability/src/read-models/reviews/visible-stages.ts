import type { ClosedStage } from '@headroom/contracts/events';

/**
 * What of closed stages' money a caller may see. Whoever may not see cost rates sees no cost with one person behind
 * it, and no plan of one role: both tell a rate. A sum is shown when at least two people stand behind what is hidden
 * in it; a quartile may be a single stage's margin, so it is shown only where nothing is hidden at all.
 */
export interface StageSight {
  readonly actual: (stage: ClosedStage) => boolean;
  readonly plan: (stage: ClosedStage) => boolean;
  readonly total: (stages: readonly ClosedStage[]) => boolean;
  readonly everyOne: (stages: readonly ClosedStage[]) => boolean;
  readonly everyPlan: (stages: readonly ClosedStage[]) => boolean;
}

export const sightOf = (seesRates: boolean): StageSight => {
  const actual = ({ costedPeople }: ClosedStage) => seesRates || costedPeople.length !== 1;
  const plan = ({ plannedRoles }: ClosedStage) => seesRates || plannedRoles !== 1;
  return {
    actual,
    plan,
    total: (stages) => {
      const hidden = stages.filter((stage) => !actual(stage));
      return hidden.length === 0 || new Set(hidden.flatMap(({ costedPeople }) => costedPeople)).size >= 2;
    },
    everyOne: (stages) => stages.every(actual),
    everyPlan: (stages) => stages.every(plan),
  };
};
