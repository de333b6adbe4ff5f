import { millionths } from '@headroom/money';
import type { PortfolioSums } from '../explanation/portfolio.ts';
import { marginOf } from '../stage-figures.ts';

/** A figure of the portfolio that can be compared. */
export type PortfolioFigure =
  | 'revenue'
  | 'invoiced'
  | 'paid'
  | 'cost'
  | 'labourCost'
  | 'expenses'
  | 'profit'
  | 'margin';

const SUMS = {
  revenue: 'revenueMinor',
  invoiced: 'invoicedMinor',
  paid: 'paidMinor',
  cost: 'costMinor',
  labourCost: 'labourCostMinor',
  expenses: 'expensesMinor',
  profit: 'profitMinor',
} as const satisfies Readonly<Record<Exclude<PortfolioFigure, 'margin'>, keyof PortfolioSums>>;

/** A figure of what stages bring, in minor units; the margin in millionths, null where nothing was earned. */
export const portfolioValue =
  (figure: PortfolioFigure) =>
  (brought: Iterable<PortfolioSums>): number | null => {
    let [revenue, cost, sum] = [0, 0, 0];
    for (const sums of brought) {
      revenue += sums.revenueMinor;
      cost += sums.costMinor;
      if (figure !== 'margin') sum += sums[SUMS[figure]];
    }
    if (figure !== 'margin') return sum;
    const margin = marginOf(revenue, cost);
    return margin === null ? null : Number(millionths(margin));
  };

/** What of a stage's sums each figure is made of, by the names under which a stage's own figures are compared. */
export const partsOfFigure = {
  revenue: ['revenue'],
  invoiced: ['invoiced'],
  paid: ['paid'],
  cost: ['cost'],
  labourCost: ['labourCost'],
  expenses: ['expenses'],
  profit: ['revenue', 'cost'],
  margin: ['revenue', 'cost'],
} as const satisfies Readonly<Record<PortfolioFigure, readonly (keyof typeof SUMS)[]>>;

/** The sums with one of them moved by an amount, and the profit with it. */
export const movedBy = (sums: PortfolioSums, part: keyof typeof SUMS, amount: number): PortfolioSums => {
  const moved = { ...sums, [SUMS[part]]: sums[SUMS[part]] + amount };
  return { ...moved, profitMinor: moved.revenueMinor - moved.costMinor };
};
