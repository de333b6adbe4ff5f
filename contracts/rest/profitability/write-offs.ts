import { z } from 'zod';
import { date, id, positiveMoney, reason } from '../../events/index.ts';
import { command } from '../operation.ts';
import { receipt } from '../values.ts';
import { ids, rub } from './examples.ts';
import { notFound, otherCurrency, stageParams } from './stage-meanings.ts';

export const writeOff = command({
  operationId: 'writeOff',
  method: 'POST',
  path: '/v1/stages/:stageId/write-offs',
  tag: 'profitability',
  summary: 'Give up revenue of a stage, open or closed',
  description: 'The amount is taken from what the stage is to bring; the baseline stays what it was.',
  permission: 'revenue:write-off',
  status: 201,
  params: stageParams,
  body: z.strictObject({ writeOffId: id.optional(), amount: positiveMoney, writtenOffOn: date, reason }),
  response: z.object({ writeOffId: id, stageId: id, amount: positiveMoney, writtenOffOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'write-off-exists': 'A write-off with this id was recorded on the stage before.',
    'currency-mismatch': otherCurrency,
    'write-off-over-revenue': 'The stage does not bring as much as would be written off.',
  },
  example: {
    params: { stageId: ids.stageId },
    body: { amount: rub(500_000), writtenOffOn: '2026-04-10', reason: 'The hero section was late by two weeks' },
    response: {
      writeOffId: '3c1d2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      stageId: ids.stageId,
      amount: rub(500_000),
      writtenOffOn: '2026-04-10',
      revision: 6,
      position: 91,
    },
  },
});
