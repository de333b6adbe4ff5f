import { ratioOf } from '@headroom/money';
import { marginOf, markupOf, type StageFigures } from '../formulas/stage-figures.ts';
import type { Visibility } from './visibility.ts';

/** The sums that every level shows; a stage is the sum of itself. */
export const totalsOf = (
  figures: readonly StageFigures[],
  currency: string,
  visible: Pick<Visibility, 'forecast' | 'actual'>,
) => {
  const sum = (of: (each: StageFigures) => number) => figures.reduce((total, each) => total + of(each), 0);
  const contract = sum((each) => each.contractRevenueMinor);
  const revenue = sum((each) => each.revenueMinor);
  const cost = sum((each) => each.costMinor);
  const completion = sum((each) => each.estimateAtCompletionMinor);
  const actual = (minor: number) => (visible.actual ? { minor, currency } : null);
  const forecast = (minor: number) => (visible.forecast ? { minor, currency } : null);
  return {
    contractRevenue: { minor: contract, currency },
    revenue: actual(revenue),
    cost: actual(cost),
    profit: actual(revenue - cost),
    margin: visible.actual ? marginOf(revenue, cost) : null,
    markup: visible.actual ? markupOf(revenue, cost) : null,
    estimateAtCompletion: forecast(completion),
    forecastProfit: forecast(contract - completion),
    forecastMargin: visible.forecast ? ratioOf(contract - completion, contract) : null,
    seconds: sum((each) => each.seconds),
    lateSeconds: sum((each) => each.lateSeconds),
  };
};
