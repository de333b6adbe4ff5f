import { FORMULA_VERSION, type QueryOf, type ResponseOf } from '@headroom/contracts/rest';
import type { estimateRoi } from '@headroom/contracts/rest/roi';
import { estimate } from '../decisions/roi/estimate.ts';

/** An estimate of a service before it is sold; it reads no rows. */
export const roiEstimate = (query: QueryOf<typeof estimateRoi>): ResponseOf<typeof estimateRoi> => {
  const { setupMinor, monthlyFeeMinor, gainsMinor, currency, months } = query;
  const gains = gainsMinor.split(',').map(Number);
  const estimated = estimate({ setupMinor, monthlyFeeMinor, gainsMinor: gains, months });
  const money = (minor: number) => ({ minor, currency });
  return {
    setup: money(setupMinor),
    monthlyFee: money(monthlyFeeMinor),
    totalGain: money(estimated.totalGainMinor),
    totalCost: money(estimated.totalCostMinor),
    roi: estimated.roi,
    paybackMonth: estimated.paybackMonth,
    months: estimated.months.map((line) => ({
      month: line.month,
      gain: money(line.gainMinor),
      cost: money(line.costMinor),
      cumulativeGain: money(line.cumulativeGainMinor),
      cumulativeCost: money(line.cumulativeCostMinor),
    })),
    formulaVersion: FORMULA_VERSION,
  };
};
