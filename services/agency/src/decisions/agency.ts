import {
  defaultLoyaltySettings,
  defaultRuleSettings,
  type LoyaltySettings,
  type RuleSettings,
} from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import { formatDecimal, millionths, RATIO_SCALE } from '@headroom/money';
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
      case 'WorkingHoursSet':
        return agency;
    }
  },
};

type AskedRules = { readonly [Rule in keyof RuleSettings]?: RuleSettings[Rule] | undefined };

export interface ConfigureAgency extends AskedRules {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly costBasis: 'capacity' | 'billable';
  readonly loyalty?: LoyaltySettings | undefined;
}

const ratio = (text: string): string => formatDecimal(millionths(text), RATIO_SCALE);

/** The rules asked for, each threshold once and in rising order; the defaults where nothing is asked. */
const rulesOf = (asked: AskedRules): RuleSettings => {
  const { approvalRequired, overlap, budgetThresholds, kpiTolerance } = defaultRuleSettings;
  const thresholds = new Set((asked.budgetThresholds ?? budgetThresholds).map(ratio));
  return {
    approvalRequired: asked.approvalRequired ?? approvalRequired,
    overlap: asked.overlap ?? overlap,
    budgetThresholds: [...thresholds].sort((one, other) => Number(millionths(one) - millionths(other))),
    kpiTolerance: ratio(asked.kpiTolerance ?? kpiTolerance),
  };
};

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
  return accept({
    type: 'AgencyConfigured',
    data: { name, currency, timeZone, costBasis, loyalty, ...rulesOf(command) },
  });
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
