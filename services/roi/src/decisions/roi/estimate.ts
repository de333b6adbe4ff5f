import { ratioOf } from '@headroom/money';

export interface Estimate {
  readonly roi: string | null;
  readonly paybackMonth: number | null;
  readonly totalGainMinor: number;
  readonly totalCostMinor: number;
  readonly months: readonly {
    readonly month: number;
    readonly gainMinor: number;
    readonly costMinor: number;
    readonly cumulativeGainMinor: number;
    readonly cumulativeCostMinor: number;
  }[];
}

export interface EstimateInputs {
  /** Paid once, before the first month. */
  readonly setupMinor: number;
  readonly monthlyFeeMinor: number;
  /** Gain of each month; the last one repeats. One or more. */
  readonly gainsMinor: readonly number[];
  readonly months: number;
}

/** A hundred years: a payback that far away is none. */
const FURTHEST_MONTH = 1200;

/**
 * A service month by month before it is sold: `ROI = (sum of gains - sum of costs) / sum of costs` over the months
 * asked for, and the first month whose cumulative gain reaches the cumulative cost, within them or beyond.
 */
export const estimate = ({ setupMinor, monthlyFeeMinor, gainsMinor, months }: EstimateInputs): Estimate => {
  const lines: Estimate['months'][number][] = [];
  let [gain, cost] = [0, setupMinor];
  let paybackMonth: number | null = null;
  for (let month = 1; month <= FURTHEST_MONTH && (month <= months || paybackMonth === null); month += 1) {
    const gainMinor = gainsMinor[Math.min(month, gainsMinor.length) - 1] ?? 0;
    gain += gainMinor;
    cost += monthlyFeeMinor;
    if (paybackMonth === null && cost > 0 && gain >= cost) paybackMonth = month;
    if (month > months) continue;
    const costMinor = month === 1 ? setupMinor + monthlyFeeMinor : monthlyFeeMinor;
    lines.push({ month, gainMinor, costMinor, cumulativeGainMinor: gain, cumulativeCostMinor: cost });
  }
  const last = lines.at(-1);
  const [totalGainMinor, totalCostMinor] = [last?.cumulativeGainMinor ?? 0, last?.cumulativeCostMinor ?? 0];
  return {
    roi: ratioOf(totalGainMinor - totalCostMinor, totalCostMinor),
    paybackMonth,
    totalGainMinor,
    totalCostMinor,
    months: lines,
  };
};
