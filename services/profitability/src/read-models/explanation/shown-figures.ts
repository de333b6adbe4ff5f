import type { Recomputed } from '../../formulas/explanation/recompute.ts';
import { marginOf } from '../../formulas/stage-figures.ts';

/** The figures that are explained; amounts in minor units, revenue as earned. */
export const shownFigures = ({ figures, headroomMinor }: Pick<Recomputed, 'figures' | 'headroomMinor'>) => {
  const { contractRevenueMinor, revenueMinor, costMinor, estimateAtCompletionMinor } = figures;
  return {
    contractRevenueMinor,
    revenueMinor,
    invoicedMinor: figures.invoicedMinor,
    paidMinor: figures.paidMinor,
    costMinor,
    labourCostMinor: figures.labourCostMinor,
    expensesMinor: figures.expensesMinor,
    profitMinor: revenueMinor - costMinor,
    margin: marginOf(revenueMinor, costMinor),
    estimateAtCompletionMinor,
    forecastProfitMinor: contractRevenueMinor - estimateAtCompletionMinor,
    forecastMargin: marginOf(contractRevenueMinor, estimateAtCompletionMinor),
    planRevenueMinor: figures.planRevenueMinor,
    planCostMinor: figures.planCostMinor,
    headroomMinor,
    seconds: figures.seconds,
  };
};

export type ShownFigures = ReturnType<typeof shownFigures>;
