import type { StageFigures } from '../stage-figures.ts';

/** A figure of a stage that can be compared. */
export type ComparedFigure =
  | 'contractRevenue'
  | 'revenue'
  | 'invoiced'
  | 'paid'
  | 'cost'
  | 'labourCost'
  | 'expenses'
  | 'profit'
  | 'estimateAtCompletion'
  | 'forecastProfit'
  | 'headroom';

/** A stage's figures at a moment; undefined: the stage was not known. */
export interface Standing {
  readonly figures: StageFigures;
  /** Null without a standard. */
  readonly headroomMinor: number | null;
}

/** A stage's figure in minor units; null where it has no value. Revenue is as earned. */
export const figureOf = (figure: ComparedFigure, standing: Standing | undefined): number | null => {
  if (standing === undefined) return null;
  const { figures, headroomMinor } = standing;
  switch (figure) {
    case 'contractRevenue':
      return figures.contractRevenueMinor;
    case 'revenue':
      return figures.revenueMinor;
    case 'invoiced':
      return figures.invoicedMinor;
    case 'paid':
      return figures.paidMinor;
    case 'cost':
      return figures.costMinor;
    case 'labourCost':
      return figures.labourCostMinor;
    case 'expenses':
      return figures.expensesMinor;
    case 'profit':
      return figures.revenueMinor - figures.costMinor;
    case 'estimateAtCompletion':
      return figures.estimateAtCompletionMinor;
    case 'forecastProfit':
      return figures.contractRevenueMinor - figures.estimateAtCompletionMinor;
    case 'headroom':
      return headroomMinor;
  }
};
