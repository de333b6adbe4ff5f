import { addMonths, monthsBetween } from '@headroom/kernel';
import { ratioOf } from '@headroom/money';
import type { Each } from './estimate-inputs.ts';
import type { MonthFigures } from './project-months.ts';

/** An estimate as far as it can be compared; amounts in minor units, the last gain of each list repeats. */
export interface ComparedEstimate {
  readonly setupMinor: number;
  readonly monthlyFeeMinor: number;
  readonly gainsMinor: Each<readonly number[]>;
}

export interface AgainstActual {
  readonly monthsCompared: number;
  /** Complete months that are left out of both sides, because their gain is not known. */
  readonly monthsUnknown: number;
  readonly estimatedGain: Each<bigint>;
  readonly actualGain: bigint;
  /** `(estimated - actual) / actual`; null while there is nothing to compare or nothing was gained. */
  readonly gainBias: string | null;
  readonly withinRange: boolean | null;
  readonly estimatedCost: bigint;
  readonly actualCost: bigint;
}

const gainIn = (gains: readonly number[], month: number): bigint =>
  BigInt(gains[Math.min(month, gains.length) - 1] ?? 0);

/** What was estimated for the complete months of a project from `startMonth` on, against what came of them. */
export const againstActual = (
  { setupMinor, monthlyFeeMinor, gainsMinor }: ComparedEstimate,
  startMonth: string,
  months: readonly MonthFigures[],
): AgainstActual => {
  const complete = months.filter((each) => each.complete && each.month >= startMonth);
  const known = complete.filter(({ gain }) => gain !== null);
  const number = ({ month }: MonthFigures) => monthsBetween(startMonth, month) + 1;
  const sum = (gains: readonly number[]) => known.reduce((all, each) => all + gainIn(gains, number(each)), 0n);
  const estimatedGain = { low: sum(gainsMinor.low), base: sum(gainsMinor.base), high: sum(gainsMinor.high) };
  const actualGain = known.reduce((all, { gain }) => all + (gain?.base ?? 0n), 0n);
  const elapsed = complete.length === 0 ? 0 : Math.max(...complete.map(number));
  return {
    monthsCompared: known.length,
    monthsUnknown: complete.length - known.length,
    estimatedGain,
    actualGain,
    gainBias: known.length === 0 ? null : ratioOf(estimatedGain.base - actualGain, actualGain),
    withinRange: known.length === 0 ? null : estimatedGain.low <= actualGain && actualGain <= estimatedGain.high,
    estimatedCost: elapsed === 0 ? 0n : BigInt(setupMinor) + BigInt(monthlyFeeMinor) * BigInt(elapsed),
    actualCost: complete.reduce((all, { revenue, advertisingSpend }) => all + revenue + advertisingSpend, 0n),
  };
};

/** The calendar month of the estimate's payback. */
export const paybackMonthOf = (startMonth: string, paybackMonth: number | null): string | null =>
  paybackMonth === null ? null : addMonths(startMonth, paybackMonth - 1);

export interface Bias {
  readonly estimates: number;
  readonly estimatedGain: bigint;
  readonly actualGain: bigint;
  readonly bias: string | null;
  readonly withinRange: number;
  readonly verdict: 'optimistic' | 'realistic' | 'pessimistic' | 'unknown';
}

const REALISTIC_PERCENT = 10n;

/** The forecasting bias over estimates: sums over sums, so that a large promise weighs more than a small one. */
export const biasOf = (compared: readonly AgainstActual[]): Bias => {
  const known = compared.filter(({ monthsCompared }) => monthsCompared > 0);
  const estimatedGain = known.reduce((sum, each) => sum + each.estimatedGain.base, 0n);
  const actualGain = known.reduce((sum, each) => sum + each.actualGain, 0n);
  const difference = estimatedGain - actualGain;
  const size = (amount: bigint) => (amount < 0n ? -amount : amount);
  const realistic = size(difference) * 100n <= size(actualGain) * REALISTIC_PERCENT;
  const direction = difference > 0n ? 'optimistic' : 'pessimistic';
  return {
    estimates: known.length,
    estimatedGain,
    actualGain,
    bias: known.length === 0 ? null : ratioOf(difference, actualGain),
    withinRange: known.filter(({ withinRange }) => withinRange === true).length,
    verdict: known.length === 0 ? 'unknown' : realistic ? 'realistic' : direction,
  };
};
