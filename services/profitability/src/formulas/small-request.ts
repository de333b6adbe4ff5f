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
