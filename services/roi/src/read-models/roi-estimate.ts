import { FORMULA_VERSION, type QueryOf, type ResponseOf } from '@headroom/contracts/rest';
import type { estimateRoi } from '@headroom/contracts/rest/roi';
import { type Estimate, estimate } from '../decisions/roi/estimate.ts';
import { type Each, gainsOf, type InputsRefusal, type Scenario } from '../decisions/roi/estimate-inputs.ts';

type Answer = ResponseOf<typeof estimateRoi>;

/** An estimate of a service before it is sold; it reads no rows. */
export const roiEstimate = (query: QueryOf<typeof estimateRoi>): Answer | InputsRefusal => {
  const { setupMinor, monthlyFeeMinor, currency, months } = query;
  const gains = gainsOf(query);
  if (typeof gains === 'string') return gains;
  const at = (scenario: Scenario): Estimate =>
    estimate({ setupMinor, monthlyFeeMinor, gainsMinor: gains[scenario], months });
  const all: Each<Estimate> = { low: at('low'), base: at('base'), high: at('high') };
  const money = (minor: number) => ({ minor, currency });
  const shown = ({ totalGainMinor, roi, paybackMonth }: Estimate) => ({
    totalGain: money(totalGainMinor),
    roi,
    paybackMonth,
  });
  const { base } = all;
  return {
    setup: money(setupMinor),
    monthlyFee: money(monthlyFeeMinor),
    totalCost: money(base.totalCostMinor),
    ...shown(base),
    range: { low: shown(all.low), base: shown(base), high: shown(all.high) },
    months: base.months.map((line, index) => ({
      month: line.month,
      gain: money(line.gainMinor),
      gainLow: money(all.low.months[index]?.gainMinor ?? 0),
      gainHigh: money(all.high.months[index]?.gainMinor ?? 0),
      cost: money(line.costMinor),
      cumulativeGain: money(line.cumulativeGainMinor),
      cumulativeCost: money(line.cumulativeCostMinor),
    })),
    formulaVersion: FORMULA_VERSION,
  };
};
