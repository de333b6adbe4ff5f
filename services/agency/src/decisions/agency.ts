import { defaultLoyaltySettings, type LoyaltySettings } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { AgencyEvent } from '../events/streams.ts';

/** What decisions need to know of the agency; undefined until it is configured. */
export interface Agency {
  configured:
    | { readonly currency: string; readonly costBasis: 'capacity' | 'billable'; readonly timeZone: string }
    | undefined;
}

export const agencyEvolution: Evolution<Agency, AgencyEvent> = {
  initial: () => ({ configured: undefined }),
  evolve: (agency, event) => {
    switch (event.type) {
      case 'AgencyConfigured':
        agency.configured = event.data;
        return agency;
      case 'ExchangeRateSet':
        return agency;
    }
  },
};

export interface ConfigureAgency {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly costBasis: 'capacity' | 'billable';
  readonly loyalty?: LoyaltySettings | undefined;
}

/** Currency and cost basis are chosen once; the rest may be set again. */
export const decideConfigure = (
  command: ConfigureAgency,
  { configured }: Agency,
): Decision<AgencyEvent, 'currency-fixed' | 'cost-basis-fixed'> => {
  if (configured !== undefined && configured.currency !== command.currency) {
    return refuse('currency-fixed', { currency: configured.currency });
  }
  if (configured !== undefined && configured.costBasis !== command.costBasis) {
    return refuse('cost-basis-fixed', { costBasis: configured.costBasis });
  }
  const { name, currency, timeZone, costBasis, loyalty = defaultLoyaltySettings } = command;
  return accept({ type: 'AgencyConfigured', data: { name, currency, timeZone, costBasis, loyalty } });
};

export interface SetExchangeRate {
  readonly currency: string;
  readonly rate: string;
  readonly effectiveFrom: string;
}

/** A rate of exchange for any currency but the agency's own. */
export const decideExchangeRate = (
  { currency, rate, effectiveFrom }: SetExchangeRate,
  { configured }: Agency,
): Decision<AgencyEvent, 'agency-not-configured' | 'own-currency'> => {
  if (configured === undefined) return refuse('agency-not-configured');
  if (configured.currency === currency) return refuse('own-currency');
  return accept({ type: 'ExchangeRateSet', data: { currency, rate, effectiveFrom } });
};
