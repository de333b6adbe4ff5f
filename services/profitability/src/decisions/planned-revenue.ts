import type { Billing, Money } from '@headroom/contracts/events';
import { monthsFrom } from '@headroom/kernel';
import { exactCost, moneyOf, rateUnits } from '@headroom/money';
import type { RoleRates } from './stage.ts';

const moniesOf = (billing: Billing): Money[] => {
  switch (billing.kind) {
    case 'fixed':
      return [billing.fee];
    case 'time-and-materials':
      return billing.cap === null ? [] : [billing.cap];
    case 'retainer':
      return [billing.monthlyFee];
  }
};

/** Whether all that a way of billing names is in one currency. */
export const isBilledIn = (billing: Billing, currency: string): boolean =>
  moniesOf(billing).every((money) => money.currency === currency);

/**
 * What a plan is to bring, in minor units: the fee; the planned seconds of each role at its bill rate, added exactly,
 * rounded once and capped; or all the months. A role without a bill rate brings nothing: no rate is guessed.
 */
export const plannedRevenueMinor = (
  billing: Billing,
  work: readonly { readonly role: string; readonly seconds: number }[],
  { prices, currency }: { readonly prices: RoleRates; readonly currency: string },
): number => {
  switch (billing.kind) {
    case 'fixed':
      return billing.fee.minor;
    case 'time-and-materials': {
      const exact = work.reduce(
        (sum, { role, seconds }) => sum + exactCost(seconds, rateUnits(prices.get(role) ?? '0')),
        0n,
      );
      const minor = moneyOf(exact, currency);
      return billing.cap === null ? minor : Math.min(minor, billing.cap.minor);
    }
    case 'retainer':
      return billing.monthlyFee.minor * monthsFrom(billing.fromMonth, billing.toMonth).length;
  }
};
