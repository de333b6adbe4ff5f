import type { Money } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import { isCurrency } from '@headroom/money';
import type { StageEvent } from '../events/streams.ts';
import { idsOf, type Stage } from './stage.ts';

type Category = Extract<StageEvent, { type: 'ExpenseRecorded' }>['data']['category'];

export interface RecordExpense {
  readonly expenseId: string;
  readonly category: Category;
  readonly amount: Money;
  readonly incurredOn: string;
  readonly note?: string | undefined;
  readonly externalRef?: string | undefined;
}

export type RecordExpenseRefusal = 'stage-not-found' | 'stage-closed' | 'expense-exists' | 'unknown-currency';

/** Expenses may come before the start (a licence bought ahead), never after the close. */
export const decideRecordExpense = (
  { expenseId, category, amount, incurredOn, note, externalRef }: RecordExpense,
  { plan, status, expenses }: Stage,
): Decision<StageEvent, RecordExpenseRefusal> => {
  if (plan === undefined) return refuse('stage-not-found');
  if (status === 'closed') return refuse('stage-closed');
  if (expenses.has(expenseId)) return refuse('expense-exists');
  if (!isCurrency(amount.currency)) return refuse('unknown-currency', { currency: amount.currency });
  return accept({
    type: 'ExpenseRecorded',
    data: {
      expenseId,
      ...idsOf(plan),
      category,
      amount,
      incurredOn,
      note: note ?? null,
      externalRef: externalRef ?? null,
    },
  });
};

export type VoidExpenseRefusal = 'stage-not-found' | 'stage-closed' | 'expense-not-found' | 'expense-voided';

/** An expense recorded by mistake is taken out of all figures; on a closed stage it stands until that is reopened. */
export const decideVoidExpense = (
  { expenseId }: { readonly expenseId: string },
  { plan, status, expenses }: Stage,
): Decision<StageEvent, VoidExpenseRefusal> => {
  if (plan === undefined) return refuse('stage-not-found');
  const stands = expenses.get(expenseId);
  if (stands === undefined) return refuse('expense-not-found');
  if (!stands) return refuse('expense-voided');
  if (status === 'closed') return refuse('stage-closed');
  return accept({ type: 'ExpenseVoided', data: { expenseId, ...idsOf(plan) } });
};
