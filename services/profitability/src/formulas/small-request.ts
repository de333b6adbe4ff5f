import { formatDecimal, millionths, ONE, priceAtMargin, RATIO_SCALE, ratioOf, shareOf } from '@headroom/money';
import { headroomMinor } from './stage-figures.ts';

export type Verdict = 'fits' | 'exceeds-standard' | 'loses-money';

export interface Outlook {
  readonly estimateAtCompletionMinor: number;
  readonly forecastMargin: string | null;
  readonly headroomMinor: number;
}

export interface SmallRequest {
  readonly verdict: Verdict;
  readonly before: Outlook;
  readonly after: Outlook;
  /** `(EAC + c - R (1 - m)) / (1 - m)`, 0 when the request fits. */
  readonly surchargeMinor: number;
  /** The forecast margin when the surcharge is agreed. */
  readonly marginWithSurcharge: string | null;
}

const outlook = (revenueMinor: number, eacMinor: number, standard: string): Outlook => ({
  estimateAtCompletionMinor: eacMinor,
  forecastMargin: ratioOf(revenueMinor - eacMinor, revenueMinor),
  headroomMinor: headroomMinor(revenueMinor, eacMinor, standard),
});

/** The extra payment that brings a stage of revenue `R` and estimate `EAC` to its standard; 0 when it is there. */
export const surchargeMinor = (revenueMinor: number, eacMinor: number, standard: string): number => {
  const left = formatDecimal(ONE - millionths(standard), RATIO_SCALE);
  return Math.max(0, priceAtMargin(eacMinor - shareOf(revenueMinor, left), standard) ?? 0);
};

/**
 * What a request of a cost does to a stage: it `fits` when the headroom covers it, `exceeds-standard` when the stage
 * still makes no loss, `loses-money` otherwise. All amounts in minor units.
 */
export const judgeSmallRequest = (
  revenueMinor: number,
  eacMinor: number,
  costMinor: number,
  standard: string,
): SmallRequest => {
  const before = outlook(revenueMinor, eacMinor, standard);
  const after = outlook(revenueMinor, eacMinor + costMinor, standard);
  const verdict: Verdict =
    before.headroomMinor >= costMinor
      ? 'fits'
      : revenueMinor - after.estimateAtCompletionMinor >= 0
        ? 'exceeds-standard'
        : 'loses-money';
  const surcharge = verdict === 'fits' ? 0 : surchargeMinor(revenueMinor, after.estimateAtCompletionMinor, standard);
  return {
    verdict,
    before,
    after,
    surchargeMinor: surcharge,
    marginWithSurcharge: ratioOf(revenueMinor + surcharge - after.estimateAtCompletionMinor, revenueMinor + surcharge),
  };
};

/** What one way to deal with a request does to the stage that it was asked of. */
export interface WayOut {
  /** What the work costs that way; undefined where nobody knows. */
  readonly costMinor: number | undefined;
  readonly paymentMinor: number;
  /** `(R + payment - EAC - cost) / (R + payment)` of this stage. */
  readonly forecastMargin: string | null;
  /** Against the forecast margin without the request. */
  readonly marginChange: string | null;
}

interface Effect {
  readonly addedCostMinor: number;
  readonly addedRevenueMinor: number;
}

/** The margin of a stage with more cost and more revenue, and by how much it differs from the margin without. */
export const marginAfter = (
  revenueMinor: number,
  eacMinor: number,
  { addedCostMinor, addedRevenueMinor }: Effect,
): Pick<WayOut, 'forecastMargin' | 'marginChange'> => {
  const before = ratioOf(revenueMinor - eacMinor, revenueMinor);
  const revenue = revenueMinor + addedRevenueMinor;
  const after = ratioOf(revenue - eacMinor - addedCostMinor, revenue);
  return {
    forecastMargin: after,
    marginChange:
      before === null || after === null ? null : formatDecimal(millionths(after) - millionths(before), RATIO_SCALE),
  };
};

/** What hours that cost `costMinor` sell for so that they leave the standard margin: `c / (1 - m)`. */
export const fullPriceMinor = (costMinor: number, standard: string): number => priceAtMargin(costMinor, standard) ?? 0;
