import { marginOf, type StageFigures } from '../formulas/stage-figures.ts';
import type { Visibility } from './visibility.ts';

/** What counts as revenue: what was earned, what was invoiced, or what was paid. */
export type RevenueBasis = 'earned' | 'invoiced' | 'cash';

/** The revenue of some figures on a basis, in minor units. */
export const revenueOn = (
  basis: RevenueBasis,
  { revenueMinor, invoicedMinor, paidMinor }: Pick<StageFigures, 'revenueMinor' | 'invoicedMinor' | 'paidMinor'>,
): number => ({ earned: revenueMinor, invoiced: invoicedMinor, cash: paidMinor })[basis];

/** Earned revenue tells how much of the cost there was, so it is hidden with the cost; invoices and payments tell nothing. */
export const showsRevenue = (basis: RevenueBasis, { actual }: Pick<Visibility, 'actual'>): boolean =>
  basis !== 'earned' || actual;

/** Revenue, profit and margin on each basis, side by side, from sums in minor units. */
export const basesOf = (
  sums: Pick<StageFigures, 'revenueMinor' | 'invoicedMinor' | 'paidMinor' | 'costMinor'>,
  currency: string,
  visible: Pick<Visibility, 'actual'>,
) => {
  const on = (basis: RevenueBasis) => {
    const minor = revenueOn(basis, sums);
    return {
      revenue: showsRevenue(basis, visible) ? { minor, currency } : null,
      profit: visible.actual ? { minor: minor - sums.costMinor, currency } : null,
      margin: visible.actual ? marginOf(minor, sums.costMinor) : null,
    };
  };
  return { earned: on('earned'), invoiced: on('invoiced'), cash: on('cash') };
};
