import type { ClosedStage } from '@headroom/contracts/events';
import { millionths, ratioOf } from '@headroom/money';
import { managerSums } from '../explanation/manager-month.ts';
import { recomputeReview } from '../explanation/review.ts';
import { isHit } from '../reviews/closed-stage.ts';

/** A stage of a month's review, with the tolerance by which it is judged. */
export interface JudgedStage {
  readonly stage: ClosedStage;
  readonly tolerance: string;
}

const MONEY = {
  revenue: 'revenueMinor',
  cost: 'costMinor',
  profit: 'profitMinor',
  baselineRevenue: 'baselineRevenueMinor',
  baselineCost: 'baselineCostMinor',
  baselineProfit: 'baselineProfitMinor',
  profitDeviation: 'profitDeviationMinor',
} as const;

const RATIOS = [
  'weightedMargin',
  'lowerQuartile',
  'median',
  'upperQuartile',
  'baselineMargin',
  'marginDeviation',
] as const;

/** A figure of a review that can be compared. */
export type ReviewFigure = keyof typeof MONEY | (typeof RATIOS)[number] | 'stages' | 'hits';

/** In what a figure of a review is measured. */
export const unitOfReview = (figure: ReviewFigure): 'money' | 'ratio' | 'count' => {
  if (figure in MONEY) return 'money';
  return figure === 'stages' || figure === 'hits' ? 'count' : 'ratio';
};

const isMoney = (figure: ReviewFigure): figure is keyof typeof MONEY => figure in MONEY;

/** A figure of some closed stages: minor units, millionths, or stages; null where it has no value. */
export const reviewValue =
  (figure: ReviewFigure) =>
  (judged: Iterable<JudgedStage>): number | null => {
    const all = [...judged];
    if (figure === 'stages') return all.length;
    if (figure === 'hits') return all.filter(({ stage, tolerance }) => isHit(stage, tolerance)).length;
    const figures = recomputeReview({ stages: all.map(({ stage }) => stage), tolerance: '0' });
    if (isMoney(figure)) return figures[MONEY[figure]];
    const ratio = figures[figure];
    return ratio === null ? null : Number(millionths(ratio));
  };

/** A figure of a manager's month that can be compared. */
export type ManagerFigure = 'plannedProfit' | 'actualProfit' | 'deviation' | 'stagesClosed' | 'hits' | 'hitRate';

/** In what a figure of a manager's month is measured. */
export const unitOfManager = (figure: ManagerFigure): 'money' | 'ratio' =>
  figure === 'stagesClosed' || figure === 'hits' || figure === 'hitRate' ? 'ratio' : 'money';

/** A figure of a manager's parts of some closed stages: minor units, or millionths; null where it has no value. */
export const managerValue =
  (figure: ManagerFigure, managerId: string) =>
  (judged: Iterable<JudgedStage>): number | null => {
    const sums = { stagesClosed: 0, hits: 0, plannedProfit: 0, actualProfit: 0 };
    for (const { stage, tolerance } of judged)
      for (const { of, minor } of managerSums({ stages: [stage], tolerance }, managerId))
        sums[of as keyof typeof sums] += minor;
    if (figure === 'deviation') return sums.actualProfit - sums.plannedProfit;
    if (figure !== 'hitRate') return sums[figure];
    const rate = ratioOf(sums.hits, sums.stagesClosed);
    return rate === null ? null : Number(millionths(rate));
  };
