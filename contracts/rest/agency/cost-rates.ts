import { z } from 'zod';
import { costBasis, currency, date, id, name, ratePerHour, role } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, timeAxes } from '../values.ts';

export const listCostRates = question({
  operationId: 'listCostRates',
  path: '/v1/cost-rates',
  tag: 'agency',
  summary: 'What an hour of each specialist costs on a day; who has no rate is listed without one',
  permission: 'rates:read',
  query: {
    asOf: date.optional().meta({ description: 'The day on which the rates are in force; today when absent' }),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({
    items: z.array(
      z.object({
        specialistId: id,
        name,
        role,
        rate: z
          .object({
            rateId: id,
            effectiveFrom: date,
            until: date.nullable().meta({ description: 'The next rate begins; null when none is known' }),
            ratePerHour,
          })
          .nullable()
          .meta({ description: 'Null when no rate is in force: hours of that day are uncosted' }),
      }),
    ),
    basis: costBasis,
    currency,
    nextCursor,
    asOf: provenance.asOf,
    knownAt: provenance.knownAt,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { asOf: '2026-03-31' },
    response: {
      items: [
        {
          specialistId: 'anna',
          name: 'Anna',
          role: 'designer',
          rate: {
            rateId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
            effectiveFrom: '2026-01-01',
            until: null,
            ratePerHour: '2328.0000',
          },
        },
      ],
      basis: 'billable',
      currency: 'RUB',
      nextCursor: null,
      asOf: '2026-03-31',
      knownAt: 6,
    },
  },
});
