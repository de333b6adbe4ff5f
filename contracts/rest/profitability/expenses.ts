import { z } from 'zod';
import { date, expenseCategory, externalRef, id, note, positiveMoney, reason } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';
import { ids, rub } from './examples.ts';
import { closedMeaning, notFound, stageParams } from './stage-meanings.ts';
import { posting, postingRefusals } from './time-rules.ts';

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
    ...posting,
    reason: optionalReason,
  }),
  response: z.object({
    expenseId: id,
    stageId: id,
    category: expenseCategory,
    amount: positiveMoney,
    postedOn: date.nullable().meta({ description: 'The day that counts it, when its month is closed' }),
    ...receipt,
  }),
  refusals: {
    'stage-not-found': notFound,
    'stage-closed': closedMeaning,
    'expense-exists': 'An expense with this id was recorded on the stage before.',
    'unknown-currency': 'The amount’s currency is not one of ISO 4217.',
    ...postingRefusals,
  },
  example: {
    params: { stageId: ids.stageId },
    body: { category: 'travel', amount: rub(180_000), incurredOn: '2026-03-20', note: 'Taxi to Butovo' },
    response: {
      expenseId: '7b0c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      stageId: ids.stageId,
      category: 'travel',
      amount: rub(180_000),
      postedOn: null,
      revision: 2,
      position: 35,
    },
  },
});

export const voidExpense = command({
  operationId: 'voidExpense',
  method: 'POST',
  path: '/v1/stages/:stageId/expenses/:expenseId/void',
  tag: 'profitability',
  summary: 'Take an expense that was recorded by mistake out of all figures',
  description:
    'The expense stays in the log, and an answer asked `knownAt` before stays what it was. One of a closed month stays in that month, too; asked for as an adjustment, it is taken back on a day of an open one.',
  permission: 'expenses:write',
  params: { ...stageParams, expenseId: id },
  body: z.strictObject({ reason, ...posting }),
  response: z.object({
    expenseId: id,
    stageId: id,
    postedOn: date.nullable().meta({ description: 'The day that takes it back, when its month is closed' }),
    ...receipt,
  }),
  refusals: {
    'stage-not-found': notFound,
    'stage-closed': closedMeaning,
    'expense-not-found': 'There is no such expense on the stage.',
    'expense-voided': 'The expense was voided before.',
    ...postingRefusals,
  },
  example: {
    params: { stageId: ids.stageId, expenseId: 'taxi' },
    body: { reason: 'The client paid for the taxi' },
    response: { expenseId: 'taxi', stageId: ids.stageId, postedOn: null, revision: 5, position: 70 },
  },
});
