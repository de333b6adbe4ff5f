import type { ExpenseCategory, StageLedger } from '../formulas/stage-ledger.ts';
import { convertedMinor, type ExchangeRate } from '../formulas/stage-state.ts';

export interface Expense {
  readonly id: string;
  readonly on: string;
  readonly category: ExpenseCategory;
  readonly note: string | null;
  readonly minor: number;
}

/** A stage's expenses up to and with a day, in its currency; those that cannot be converted are not among them. */
export const convertedExpenses = (ledger: StageLedger, asOf: string, rates: readonly ExchangeRate[]): Expense[] =>
  ledger.expenses.flatMap(({ id, on, category, amount, note }) => {
    const minor = on > asOf ? undefined : convertedMinor(amount, on, ledger.currency, rates);
    return minor === undefined ? [] : [{ id, on, category, note, minor }];
  });
