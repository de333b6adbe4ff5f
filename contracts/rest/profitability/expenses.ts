import { z } from 'zod';
import { date, expenseCategory, externalRef, id, note, positiveMoney } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';
import { ids, rub } from './examples.ts';
import { closedMeaning, notFound, stageParams } from './stage-meanings.ts';

export const recordExpense = command({
  operationId: 'recordExpense',
  method: 'POST',
  path: '/v1/stages/:stageId/expenses',
  tag: 'profitability',
  summary: 'Record money spent on a stage',
  description: 'An amount in a currency without an exchange rate on its day is left out of the figures and counted.',
  permission: 'expenses:write',
  status: 201,
  params: stageParams,
  body: z.strictObject({
    expenseId: id.optional(),
    category: expenseCategory,
    amount: positiveMoney,
    incurredOn: date,
    note: note.optional(),
    externalRef: externalRef.optional(),
    reason: optionalReason,
  }),
  response: z.object({ expenseId: id, stageId: id, category: expenseCategory, amount: positiveMoney, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-closed': closedMeaning,
    'expense-exists': 'An expense with this id was recorded on the stage before.',
    'unknown-currency': 'The amount’s currency is not one of ISO 4217.',
  },
  example: {
    params: { stageId: ids.stageId },
    body: { category: 'travel', amount: rub(180_000), incurredOn: '2026-03-20', note: 'Taxi to Butovo' },
    response: {
      expenseId: '7b0c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      stageId: ids.stageId,
      category: 'travel',
      amount: rub(180_000),
      revision: 2,
      position: 35,
    },
  },
});
