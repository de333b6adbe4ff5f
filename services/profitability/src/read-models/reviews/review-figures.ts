import type { ClosedStage } from '@headroom/contracts/events';
import { isHit, marginOfStage, profitOf, ratioDifference } from '../../formulas/reviews/closed-stage.ts';
import type { MovedStage } from '../../formulas/reviews/restatement.ts';
import { statisticsOf, sumsOf } from '../../formulas/reviews/statistics.ts';
import { marginOf } from '../../formulas/stage-figures.ts';
import type { StageSight } from './visible-stages.ts';

/** What all parts of one answer are shown by. */
export interface Showing {
  readonly currency: string;
  readonly tolerance: string;
  readonly sight: StageSight;
}

const money = (shown: boolean, minor: number, currency: string) => (shown ? { minor, currency } : null);

const planned = (
  {
    baselineRevenueMinor: revenue,
    baselineCostMinor: cost,
  }: Pick<ClosedStage, 'baselineRevenueMinor' | 'baselineCostMinor'>,
  shown: boolean,
  currency: string,
) => ({
  revenue: money(true, revenue, currency),
  cost: money(shown, cost, currency),
  profit: money(shown, revenue - cost, currency),
  margin: shown ? marginOf(revenue, cost) : null,
});

type Sums = ReturnType<typeof sumsOf>;

const beyondPlan = (sums: Sums, shown: boolean, currency: string) => {
  const profit = sums.revenueMinor - sums.costMinor;
  const baselineProfit = sums.baselineRevenueMinor - sums.baselineCostMinor;
  const margin = ratioDifference(
    marginOf(sums.revenueMinor, sums.costMinor),
    marginOf(sums.baselineRevenueMinor, sums.baselineCostMinor),
  );
  return { profit: money(shown, profit - baselineProfit, currency), margin: shown ? margin : null };
};

/** The statistics of some closed stages; `shown` false hides every sum from whoever may not see rates. */
export const reviewFigures = (
  stages: readonly ClosedStage[],
  { currency, tolerance, sight }: Showing,
  shown = true,
) => {
  const sums = sumsOf(stages);
  const { weightedMargin, lowerQuartile, median, upperQuartile } = statisticsOf(stages, null);
  const total = shown && sight.total(stages);
  const single = shown && sight.everyOne(stages);
  const plan = shown && sight.everyPlan(stages);
  return {
    stages: stages.length,
    stagesWithoutMargin: stages.filter((stage) => marginOfStage(stage) === null).length,
    revenue: money(true, sums.revenueMinor, currency),
    cost: money(total, sums.costMinor, currency),
    profit: money(total, sums.revenueMinor - sums.costMinor, currency),
    weightedMargin: total ? weightedMargin : null,
    lowerQuartile: single ? lowerQuartile : null,
    median: single ? median : null,
    upperQuartile: single ? upperQuartile : null,
    seconds: sums.seconds,
    hits: stages.filter((stage) => isHit(stage, tolerance)).length,
    baseline: planned(sums, plan, currency),
    deviation: beyondPlan(sums, total && plan, currency),
  };
};

const briefly = (stage: ClosedStage, shown: boolean, currency: string) => ({
  revenue: money(true, stage.revenueMinor, currency),
  cost: money(shown, stage.costMinor, currency),
  profit: money(shown, profitOf(stage), currency),
  margin: shown ? marginOfStage(stage) : null,
  seconds: stage.seconds,
});

/** One stage of a review. */
export const reviewLine = (stage: ClosedStage, { currency, tolerance, sight }: Showing) => {
  const actual = sight.actual(stage);
  const plan = sight.plan(stage);
  const { stageId, projectId, clientId, name, serviceType, closedOn, managers } = stage;
  return {
    stageId,
    projectId,
    clientId,
    name,
    serviceType,
    closedOn,
    managers,
    ...briefly(stage, actual, currency),
    hit: isHit(stage, tolerance),
    baseline: planned(stage, plan, currency),
    deviation: beyondPlan(stage, actual && plan, currency),
  };
};

/** A stage that moved since the freeze: as reported, as known now, and by how much. */
export const movedLine = ({ change, reported, restated }: MovedStage, { currency, sight }: Showing) => {
  const stage = (restated ?? reported) as ClosedStage;
  const shown = [reported, restated].every((each) => each === null || sight.actual(each));
  const by = (of: (stage: ClosedStage) => number) => (restated ? of(restated) : 0) - (reported ? of(reported) : 0);
  return {
    stageId: stage.stageId,
    name: stage.name,
    change,
    reported: reported && briefly(reported, shown, currency),
    restated: restated && briefly(restated, shown, currency),
    difference: {
      revenue: money(
        true,
        by(({ revenueMinor }) => revenueMinor),
        currency,
      ),
      cost: money(
        shown,
        by(({ costMinor }) => costMinor),
        currency,
      ),
      profit: money(shown, by(profitOf), currency),
      seconds: by(({ seconds }) => seconds),
    },
  };
};
