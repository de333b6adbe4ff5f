import type { ExpenseCategory, StageLedger } from '../formulas/stage-ledger.ts';
import { convertedMinor, type ExchangeRate } from '../formulas/stage-state.ts';

export interface Expense {
  readonly id: string;
  readonly on: string;
  readonly category: ExpenseCategory;
  readonly note: string | null;
  readonly minor: number;
}

/**
 * A stage's expenses up to and with a day, in its currency; those that cannot be converted are not among them, nor those
 * that were taken back by then.
 */
export const convertedExpenses = (ledger: StageLedger, asOf: string, rates: readonly ExchangeRate[]): Expense[] => {
  const known = ledger.expenses.filter(({ on }) => on <= asOf);
  const gone = new Set(known.flatMap(({ voids }) => voids ?? []));
  return known.flatMap(({ id, on, ratedOn, category, amount, note, voids }) => {
    const minor = convertedMinor(amount, ratedOn, ledger.currency, rates);
    return minor === undefined || voids !== null || gone.has(id) ? [] : [{ id, on, category, note, minor }];
  });
};
