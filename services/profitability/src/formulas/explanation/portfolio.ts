import { type Fraction, fractionOf } from './review.ts';

const ADDED = [
  'revenueMinor',
  'invoicedMinor',
  'paidMinor',
  'costMinor',
  'labourCostMinor',
  'expensesMinor',
  'seconds',
  'lateSeconds',
  'goodwillSeconds',
  'uncostedSeconds',
  'unpricedSeconds',
  'unapprovedSeconds',
] as const;

/** What stages bring to some months, in minor units and seconds. */
export type PortfolioSums = Readonly<Record<(typeof ADDED)[number] | 'profitMinor', number>>;

type Summed = Omit<PortfolioSums, 'profitMinor'>;

const withProfit = (of: (name: keyof Summed) => number): PortfolioSums => {
  const sums = Object.fromEntries(ADDED.map((name) => [name, of(name)])) as unknown as Summed;
  return { ...sums, profitMinor: sums.revenueMinor - sums.costMinor };
};

/** The sums of one standing of a stage. */
export const sumsOfStanding = (figures: Summed): PortfolioSums => withProfit((name) => figures[name]);

/** What came between two standings; all of the later one where there was none before. */
export const addedBetween = (before: Summed | null, after: Summed): PortfolioSums =>
  withProfit((name) => after[name] - (before?.[name] ?? 0));

/** A part as its explanation tells it. */
export interface PortfolioPart {
  readonly before: { readonly figures: Summed } | null;
  readonly after: { readonly figures: Summed };
}

/** The totals of a portfolio, from the parts of its explanation alone. */
export const recomputePortfolio = (parts: readonly PortfolioPart[]): PortfolioSums => {
  const added = parts.map(({ before, after }) => addedBetween(before?.figures ?? null, after.figures));
  return withProfit((name) => added.reduce((total, each) => total + each[name], 0));
};

/** Margins on each basis, and the markup, as the fractions that they are. */
export const portfolioRatios = ({ revenueMinor, invoicedMinor, paidMinor, costMinor }: PortfolioSums): Fraction[] => [
  fractionOf('margin', revenueMinor - costMinor, revenueMinor),
  fractionOf('marginOnInvoices', invoicedMinor - costMinor, invoicedMinor),
  fractionOf('marginOnPayments', paidMinor - costMinor, paidMinor),
  fractionOf('markup', revenueMinor - costMinor, costMinor),
];
