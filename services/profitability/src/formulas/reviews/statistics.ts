import type { ClosedStage, ReviewStatistics } from '@headroom/contracts/events';
import { marginOf } from '../stage-figures.ts';
import { marginOfStage } from './closed-stage.ts';
import { quartilesOf } from './quartiles.ts';

const sum = (stages: readonly ClosedStage[], of: (stage: ClosedStage) => number): number =>
  stages.reduce((total, stage) => total + of(stage), 0);

/** Sums over closed stages, in minor units and seconds. */
export const sumsOf = (stages: readonly ClosedStage[]) => ({
  revenueMinor: sum(stages, ({ revenueMinor }) => revenueMinor),
  costMinor: sum(stages, ({ costMinor }) => costMinor),
  baselineRevenueMinor: sum(stages, ({ baselineRevenueMinor }) => baselineRevenueMinor),
  baselineCostMinor: sum(stages, ({ baselineCostMinor }) => baselineCostMinor),
  seconds: sum(stages, ({ seconds }) => seconds),
});

/**
 * Margins of closed stages: weighted is `sum(profit) / sum(revenue)`, never a mean of percentages; median and
 * quartiles are over the margins of the single stages, those without revenue left out.
 */
export const statisticsOf = (stages: readonly ClosedStage[], serviceType: string | null): ReviewStatistics => {
  const { revenueMinor, costMinor } = sumsOf(stages);
  return {
    serviceType,
    stages: stages.length,
    weightedMargin: marginOf(revenueMinor, costMinor),
    ...quartilesOf(stages.flatMap((stage) => marginOfStage(stage) ?? [])),
  };
};

/** The stages of one service type; all of them where none is named. */
export const ofServiceType = (stages: readonly ClosedStage[], serviceType: string | null): readonly ClosedStage[] =>
  serviceType === null ? stages : stages.filter((stage) => stage.serviceType === serviceType);

/** Statistics of all stages first, then of each service type by its name. */
export const allStatisticsOf = (stages: readonly ClosedStage[]): ReviewStatistics[] => {
  const types = [...new Set(stages.flatMap(({ serviceType }) => serviceType ?? []))].sort();
  return [null, ...types].map((type) => statisticsOf(ofServiceType(stages, type), type));
};
