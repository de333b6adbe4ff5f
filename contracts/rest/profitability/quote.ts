import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { currency, date, id, serviceType } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, ratio, shownMoney, timeAxes } from '../values.ts';
import { ids, rub } from './examples.ts';

const factor = z.object({
  factor: ratio,
  stages: z.int().meta({ description: 'n' }),
  actualSeconds: z.int(),
  baselineSeconds: z.int(),
  leftOut: z
    .object({ closedEarlier: z.int(), otherServiceType: z.int(), withoutPlannedHours: z.int() })
    .meta({ description: 'Closed stages that do not count, each by the first reason that holds' }),
});

const leftOut = { closedEarlier: 0, otherServiceType: 0, withoutPlannedHours: 0 };

export const quoteService = question({
  operationId: 'quoteService',
  path: '/v1/clients/:clientId/quote',
  tag: 'profitability',
  summary: 'Price a new service for a client from that client’s own history',
  description:
    '`expected cost = planned cost x f`, `f = w f_c + (1 - w) f_a`, `w = n / (n + 3)`; `price = expected cost / (1 - m)`. A factor is actual by baseline seconds over stages closed within 24 months; n is how many of the client’s there are. Without any history the plan is taken at its word, and n says so.',
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
    ...timeAxes,
  },
  response: z.object({
    clientId: id,
    serviceType: serviceType.nullable(),
    plannedCost: shownMoney,
    standardMargin: ratio,
    window: z.object({ from: derivedDate, to: date }).meta({ description: 'Stages closed in these days count' }),
    clientFactor: factor,
    agencyFactor: factor,
    weight: ratio.meta({ description: 'w, the weight of the client’s own history' }),
    factor: ratio.meta({ description: 'f: planned cost is multiplied by it' }),
    neutralFactor: ratio.meta({ description: 'f_a, or 1 while the agency has closed nothing' }),
    expectedCost: shownMoney,
    price: shownMoney,
    neutralPrice: shownMoney.meta({ description: 'The price with the agency’s factor alone' }),
    difference: shownMoney.meta({ description: 'What this client’s history adds to the neutral price' }),
    stages: z
      .array(z.object({ stageId: id, closedOn: date, baselineSeconds: z.int(), actualSeconds: z.int(), factor: ratio }))
      .meta({ description: 'The client’s stages behind its factor, the latest first, 50 at most' }),
    currency,
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
      serviceType: null,
      plannedCost: rub(10_000_000),
      standardMargin: '0.400000',
      window: { from: '2024-04-01', to: '2026-03-31' },
      clientFactor: { factor: '1.400000', stages: 3, actualSeconds: 151_200, baselineSeconds: 108_000, leftOut },
      agencyFactor: { factor: '1.100000', stages: 12, actualSeconds: 475_200, baselineSeconds: 432_000, leftOut },
      weight: '0.500000',
      factor: '1.250000',
      neutralFactor: '1.100000',
      expectedCost: rub(12_500_000),
      price: rub(20_833_333),
      neutralPrice: rub(18_333_333),
      difference: rub(2_500_000),
      stages: [
        {
          stageId: 'shop-2025',
          closedOn: '2025-11-28',
          baselineSeconds: 36_000,
          actualSeconds: 50_400,
          factor: '1.400000',
        },
      ],
      currency: 'RUB',
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
