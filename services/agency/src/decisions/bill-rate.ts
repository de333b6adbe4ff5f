import type { BillRateScope } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import { formatRate, rateUnits } from '@headroom/money';
import type { BillRateEvent } from '../events/streams.ts';
import type { Agency } from './agency.ts';
import type { Surroundings } from './surroundings.ts';

/** Nothing of a scope's earlier rates matters to the next one: a later one of the same date supersedes it. */
export interface BillRates {
  set: number;
}

export const billRateEvolution: Evolution<BillRates, BillRateEvent> = {
  initial: () => ({ set: 0 }),
  evolve: (rates, event) => {
    switch (event.type) {
      case 'BillRateSet':
        rates.set += 1;
        return rates;
    }
  },
};

export interface SetBillRate {
  readonly rateId: string;
  readonly scope: BillRateScope;
  readonly effectiveFrom: string;
  readonly ratePerHour: string;
}

export type SetBillRateRefusal =
  | 'agency-not-configured'
  | 'client-not-found'
  | 'project-not-found'
  | 'specialist-not-found';

/** A rate in the agency's currency, with 4 decimals, for a scope that is there; any role may have one. */
export const decideSetBillRate = (
  { rateId, scope, effectiveFrom, ratePerHour }: SetBillRate,
  { agency, subject }: { readonly agency: Agency; readonly subject: Surroundings | undefined },
): Decision<BillRateEvent, SetBillRateRefusal> => {
  if (agency.configured === undefined) return refuse('agency-not-configured');
  if (subject?.data === undefined && scope.kind !== 'agency' && scope.kind !== 'role') {
    return refuse(`${scope.kind}-not-found`);
  }
  return accept({
    type: 'BillRateSet',
    data: {
      rateId,
      scope,
      effectiveFrom,
      ratePerHour: formatRate(rateUnits(ratePerHour)),
      currency: agency.configured.currency,
    },
  });
};
