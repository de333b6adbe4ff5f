import type { ClosedStage } from '@headroom/contracts/events';
import { formatDecimal, millionths, RATIO_SCALE } from '@headroom/money';
import { marginOf } from '../stage-figures.ts';

/** What a closed stage brought and cost, beside what its baseline promised. */
type JudgedMoney = Pick<ClosedStage, 'revenueMinor' | 'costMinor' | 'baselineRevenueMinor' | 'baselineCostMinor'>;

/** `profit / revenue` of a closed stage; null when it brought nothing. */
export const marginOfStage = ({
  revenueMinor,
  costMinor,
}: Pick<ClosedStage, 'revenueMinor' | 'costMinor'>): string | null => marginOf(revenueMinor, costMinor);

/** The margin that the baseline promised. */
export const baselineMarginOf = ({
  baselineRevenueMinor,
  baselineCostMinor,
}: Pick<ClosedStage, 'baselineRevenueMinor' | 'baselineCostMinor'>): string | null =>
  marginOf(baselineRevenueMinor, baselineCostMinor);

export const profitOf = ({ revenueMinor, costMinor }: Pick<ClosedStage, 'revenueMinor' | 'costMinor'>): number =>
  revenueMinor - costMinor;

export const baselineProfitOf = ({
  baselineRevenueMinor,
  baselineCostMinor,
}: Pick<ClosedStage, 'baselineRevenueMinor' | 'baselineCostMinor'>): number => baselineRevenueMinor - baselineCostMinor;

/** One ratio less another; null where either has no value. */
export const ratioDifference = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? null : formatDecimal(millionths(one) - millionths(other), RATIO_SCALE);

/**
 * Whether the manager's aim was hit: margin >= baseline margin - tolerance, and profit >= baseline profit. Margins are
 * compared as they are shown, with 6 decimals. Without a baseline margin (nothing was to be earned) profit alone
 * tells; a stage that should have earned and brought nothing is no hit.
 */
export const isHit = (stage: JudgedMoney, tolerance: string): boolean => {
  if (profitOf(stage) < baselineProfitOf(stage)) return false;
  const planned = baselineMarginOf(stage);
  if (planned === null) return true;
  const actual = marginOfStage(stage);
  return actual !== null && millionths(actual) >= millionths(planned) - millionths(tolerance);
};
