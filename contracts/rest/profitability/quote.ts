import { z } from 'zod';
import { date, id, serviceType } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, ratio, shownMoney } from '../values.ts';
import { ids, rub } from './examples.ts';

export const quoteService = question({
  operationId: 'quoteService',
  path: '/v1/clients/:clientId/quote',
  tag: 'profitability',
  summary: 'Price a new service for a client from that client’s own history',
  description:
    '`expected cost = planned cost x f`, `f = w f_c + (1 - w) f_a`, `w = n / (n + 3)`; `price = expected cost / (1 - m)`. A factor is actual by baseline seconds over stages closed in the last 24 months.',
  permission: 'figures:read',
  params: { clientId: id },
  query: {
    plannedCostMinor: z.coerce
      .number()
      .int()
      .min(0)
      .max(1_000_000_000_000)
      .meta({ examples: [10_000_000] }),
    serviceType: serviceType.optional(),
    asOf: date.optional(),
  },
  response: z.object({
    clientId: id,
    plannedCost: shownMoney,
    standardMargin: ratio,
    clientFactor: z.object({ factor: ratio, stages: z.int() }),
    agencyFactor: z.object({ factor: ratio, stages: z.int() }),
    weight: ratio.meta({ description: 'w, the weight of the client’s own history' }),
    factor: ratio,
    expectedCost: shownMoney,
    price: shownMoney,
    neutralPrice: shownMoney.meta({ description: 'The price with the agency’s factor alone' }),
    ...provenance,
  }),
  refusals: {
    'no-standard': 'No standard margin is in force on that day.',
    'agency-not-configured': 'The agency has not been configured yet.',
  },
  example: {
    params: { clientId: ids.clientId },
    query: { plannedCostMinor: '10000000' },
    response: {
      clientId: ids.clientId,
      plannedCost: rub(10_000_000),
      standardMargin: '0.400000',
      clientFactor: { factor: '1.400000', stages: 3 },
      agencyFactor: { factor: '1.100000', stages: 12 },
      weight: '0.500000',
      factor: '1.250000',
      expectedCost: rub(12_500_000),
      price: rub(20_833_333),
      neutralPrice: rub(18_333_333),
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
