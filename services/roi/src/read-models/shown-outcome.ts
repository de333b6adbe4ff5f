import type { ResponseOf } from '@headroom/contracts/rest';
import type { getClientRoi } from '@headroom/contracts/rest/roi';
import type { Gain } from '../decisions/roi/gain.ts';
import type { Outcome } from '../decisions/roi/outcome.ts';

export type Answer = ResponseOf<typeof getClientRoi>;
type Shown = Answer['projects'][number];

const NOT_SHOWN = { low: null, base: null, high: null };

/** An outcome as it is answered. `hideCost`: what the agency earned, and all that follows from it, stays hidden. */
export const shownOutcome = (
  outcome: Outcome,
  currency: string,
  hideCost: boolean,
): Pick<Shown, 'gain' | 'cost' | 'roi' | 'payback' | 'months'> => {
  const money = (minor: bigint) => ({ minor: Number(minor), currency });
  const hideable = (minor: bigint) => (hideCost ? null : money(minor));
  const gain = ({ low, base, high }: Gain) => ({ low: money(low), base: money(base), high: money(high) });
  return {
    gain: outcome.gain === null ? null : gain(outcome.gain),
    cost: hideable(outcome.cost),
    roi: hideCost ? NOT_SHOWN : outcome.roi,
    payback: hideCost ? NOT_SHOWN : outcome.payback,
    months: outcome.months.map((month) => ({
      month: month.month,
      complete: month.complete,
      gain: month.gain === null ? null : gain(month.gain),
      revenue: hideable(month.revenue),
      advertisingSpend: money(month.advertisingSpend),
      cost: hideable(month.revenue + month.advertisingSpend),
      cumulativeGain: gain(month.cumulativeGain),
      cumulativeCost: hideable(month.cumulativeCost),
    })),
  };
};
