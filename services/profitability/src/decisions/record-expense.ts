import type { Money } from '@headroom/contracts/events';
import { accept, type Decision, monthOf, refuse } from '@headroom/kernel';
import { isCurrency } from '@headroom/money';
import type { StageEvent } from '../events/streams.ts';
import { idsOf, type Stage } from './stage.ts';
import { type Books, type Posting, type PostingRefusal, postedOnOf } from './timesheet-rules.ts';

type Category = Extract<StageEvent, { type: 'ExpenseRecorded' }>['data']['category'];

export interface RecordExpense extends Posting {
  readonly expenseId: string;
  readonly category: Category;
  readonly amount: Money;
  readonly incurredOn: string;
  readonly note?: string | undefined;
  readonly externalRef?: string | undefined;
}

export type RecordExpenseRefusal =
  | 'stage-not-found'
  | 'stage-closed'
  | 'expense-exists'
  | 'unknown-currency'
  | PostingRefusal;

/** Expenses may come before the start (a licence bought ahead), never after the close. */
export const decideRecordExpense = (
  command: RecordExpense,
  { plan, status, expenses }: Stage,
  books: Books,
): Decision<StageEvent, RecordExpenseRefusal> => {
  const { expenseId, category, amount, incurredOn, note, externalRef } = command;
  if (plan === undefined) return refuse('stage-not-found');
  if (status === 'closed') return refuse('stage-closed');
  if (expenses.has(expenseId)) return refuse('expense-exists');
  if (!isCurrency(amount.currency)) return refuse('unknown-currency', { currency: amount.currency });
  const posted = postedOnOf(incurredOn, command, books);
  if ('refused' in posted) return refuse(posted.refused, { month: monthOf(incurredOn) });
  return accept({
    type: 'ExpenseRecorded',
    data: {
      expenseId,
      ...idsOf(plan),
      category,
      amount,
      incurredOn,
      ...posted,
      note: note ?? null,
      externalRef: externalRef ?? null,
    },
  });
};

export type VoidExpenseRefusal =
  | 'stage-not-found'
  | 'stage-closed'
  | 'expense-not-found'
  | 'expense-voided'
  | PostingRefusal;

/**
 * An expense recorded by mistake is taken out of all figures; on a closed stage it stands until that is reopened. A closed
 * month keeps it as it was reported: if that is asked for, it is taken back in an open one.
 */
export const decideVoidExpense = (
  { expenseId, ...posting }: Posting & { readonly expenseId: string },
  { plan, status, expenses }: Stage,
  books: Books,
): Decision<StageEvent, VoidExpenseRefusal> => {
  if (plan === undefined) return refuse('stage-not-found');
  const countsOn = expenses.get(expenseId);
  if (countsOn === undefined) return refuse('expense-not-found');
  if (countsOn === 'voided') return refuse('expense-voided');
  if (status === 'closed') return refuse('stage-closed');
  const posted = postedOnOf(countsOn, posting, books);
  if ('refused' in posted) return refuse(posted.refused, { month: monthOf(countsOn) });
  return accept({ type: 'ExpenseVoided', data: { expenseId, ...idsOf(plan), ...posted } });
};
