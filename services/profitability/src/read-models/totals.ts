import { ratioOf } from '@headroom/money';
import { marginOf, markupOf, type StageFigures } from '../formulas/stage-figures.ts';
import { basesOf, type RevenueBasis, revenueOn, showsRevenue } from './bases.ts';
import type { Visibility } from './visibility.ts';

interface TotalsOptions {
  readonly currency: string;
  readonly basis: RevenueBasis;
  readonly visible: Pick<Visibility, 'forecast' | 'actual'>;
}

/** The sums that every level shows, revenue on the basis asked for; a stage is the sum of itself. */
export const totalsOf = (figures: readonly StageFigures[], { currency, basis, visible }: TotalsOptions) => {
  const sum = (of: (each: StageFigures) => number) => figures.reduce((total, each) => total + of(each), 0);
  const contract = sum((each) => each.contractRevenueMinor);
  const sums = {
    revenueMinor: sum((each) => each.revenueMinor),
    invoicedMinor: sum((each) => each.invoicedMinor),
    paidMinor: sum((each) => each.paidMinor),
    costMinor: sum((each) => each.costMinor),
  };
  const revenue = revenueOn(basis, sums);
  const cost = sums.costMinor;
  const completion = sum((each) => each.estimateAtCompletionMinor);
  const actual = (minor: number) => (visible.actual ? { minor, currency } : null);
  const forecast = (minor: number) => (visible.forecast ? { minor, currency } : null);
  return {
    contractRevenue: { minor: contract, currency },
    revenue: showsRevenue(basis, visible) ? { minor: revenue, currency } : null,
    cost: actual(cost),
    profit: actual(revenue - cost),
    margin: visible.actual ? marginOf(revenue, cost) : null,
    markup: visible.actual ? markupOf(revenue, cost) : null,
    bases: basesOf(sums, currency, visible),
    estimateAtCompletion: forecast(completion),
    forecastProfit: forecast(contract - completion),
    forecastMargin: visible.forecast ? ratioOf(contract - completion, contract) : null,
    seconds: sum((each) => each.seconds),
    lateSeconds: sum((each) => each.lateSeconds),
  };
};
