import type { ClosedStage } from '@headroom/contracts/events';
import { formatDecimal, millionths, RATIO_SCALE, ratioOf } from '@headroom/money';
import {
  baselineMarginOf,
  baselineProfitOf,
  isHit,
  marginOfStage,
  profitOf,
  ratioDifference,
} from '../reviews/closed-stage.ts';
import { statisticsOf, sumsOf } from '../reviews/statistics.ts';
import { marginOf } from '../stage-figures.ts';
import type { Sum } from './steps.ts';

/** All that a review's figures are made of. */
export interface ReviewFacts {
  /** How far a margin may fall short of its baseline. */
  readonly tolerance: string;
  readonly stages: readonly ClosedStage[];
}

/** The figures of a review, from the facts of its explanation alone. Minor units; ratios with 6 decimals. */
export const recomputeReview = ({ stages, tolerance }: ReviewFacts) => {
  const { revenueMinor, costMinor, baselineRevenueMinor, baselineCostMinor, seconds } = sumsOf(stages);
  const { weightedMargin, lowerQuartile, median, upperQuartile } = statisticsOf(stages, null);
  const baselineMargin = marginOf(baselineRevenueMinor, baselineCostMinor);
  const profitMinor = revenueMinor - costMinor;
  const baselineProfitMinor = baselineRevenueMinor - baselineCostMinor;
  return {
    stages: stages.length,
    stagesWithoutMargin: stages.filter((stage) => marginOfStage(stage) === null).length,
    revenueMinor,
    costMinor,
    profitMinor,
    weightedMargin,
    lowerQuartile,
    median,
    upperQuartile,
    seconds,
    hits: stages.filter((stage) => isHit(stage, tolerance)).length,
    baselineRevenueMinor,
    baselineCostMinor,
    baselineProfitMinor,
    baselineMargin,
    profitDeviationMinor: profitMinor - baselineProfitMinor,
    marginDeviation: ratioDifference(weightedMargin, baselineMargin),
  };
};

/** A ratio as the fraction that it is; the integers as text. */
export interface Fraction {
  readonly of: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Null over 0. */
  readonly ratio: string | null;
}

const quotient = (numerator: number, denominator: number) => ({
  numerator: String(numerator),
  denominator: String(denominator),
  ratio: ratioOf(numerator, denominator),
});

/** `numerator / denominator`, named. */
export const fractionOf = (of: string, numerator: number, denominator: number): Fraction => ({
  of,
  ...quotient(numerator, denominator),
});

/** Whether a stage was a hit, and by what; the rule of `isHit`, spelt out. */
export const judgementOf = (stage: ClosedStage, tolerance: string) => {
  const [profitMinor, baselineProfitMinor] = [profitOf(stage), baselineProfitOf(stage)];
  const [actual, planned] = [marginOfStage(stage), baselineMarginOf(stage)];
  const least = planned === null ? null : millionths(planned) - millionths(tolerance);
  return {
    stageId: stage.stageId,
    margin: quotient(profitMinor, stage.revenueMinor),
    baselineMargin: quotient(baselineProfitMinor, stage.baselineRevenueMinor),
    atLeast: least === null ? null : formatDecimal(least, RATIO_SCALE),
    profitMinor,
    baselineProfitMinor,
    marginReached: least === null || (actual !== null && millionths(actual) >= least),
    profitReached: profitMinor >= baselineProfitMinor,
    hit: isHit(stage, tolerance),
  };
};

const SUMMED = {
  revenue: ({ revenueMinor }: ClosedStage) => revenueMinor,
  cost: ({ costMinor }: ClosedStage) => costMinor,
  profit: profitOf,
  baselineRevenue: ({ baselineRevenueMinor }: ClosedStage) => baselineRevenueMinor,
  baselineCost: ({ baselineCostMinor }: ClosedStage) => baselineCostMinor,
  baselineProfit: baselineProfitOf,
} as const;

/** Each figure of a review as the sum over its stages. */
export const reviewSums = (stages: readonly ClosedStage[]): Sum[] =>
  Object.entries(SUMMED).map(([of, minorOf]) => {
    const terms = stages.map((stage) => ({ of: stage.stageId, minor: minorOf(stage) }));
    return { of, terms, minor: terms.reduce((total, { minor }) => total + minor, 0) };
  });

/** The margins of a review as fractions. */
export const reviewRatios = (stages: readonly ClosedStage[]): Fraction[] => {
  const { revenueMinor, costMinor, baselineRevenueMinor, baselineCostMinor } = sumsOf(stages);
  return [
    fractionOf('weightedMargin', revenueMinor - costMinor, revenueMinor),
    fractionOf('baselineMargin', baselineRevenueMinor - baselineCostMinor, baselineRevenueMinor),
  ];
};

const QUARTILES = ['lowerQuartile', 'median', 'upperQuartile'] as const;

/** Where each quartile lies among the margins in their order, and between which; nothing where no stage has a margin. */
export const quartileSteps = (stages: readonly ClosedStage[]) => {
  const margins = stages
    .flatMap((stage) => {
      const margin = marginOfStage(stage);
      return margin === null ? [] : [{ stageId: stage.stageId, margin }];
    })
    .sort((one, other) => Number(millionths(one.margin) - millionths(other.margin)));
  const statistics = statisticsOf(stages, null);
  return QUARTILES.flatMap((of, index) => {
    const place = (margins.length - 1) * (index + 1);
    const [below, above] = [margins[Math.floor(place / 4)], margins[Math.ceil(place / 4)]];
    if (below === undefined || above === undefined) return [];
    return [{ of, place: { numerator: place, denominator: 4 as const }, below, above, ratio: statistics[of] }];
  });
};
