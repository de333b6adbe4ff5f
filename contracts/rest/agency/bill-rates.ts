import { z } from 'zod';
import { billRateScope, currency, date, id, ratePerHour, reason } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, page, provenance, receipt, timeAxes } from '../values.ts';

const scopeKind = z.enum(['agency', 'client', 'project', 'role', 'specialist']);

const designers = {
  rateId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
  scope: { kind: 'role' as const, role: 'designer' },
  effectiveFrom: '2026-01-01',
  ratePerHour: '5000.0000',
  currency: 'RUB',
};

export const setBillRate = command({
  operationId: 'setBillRate',
  method: 'POST',
  path: '/v1/bill-rates',
  tag: 'agency',
  summary:
    'Set what an hour is sold for from a date on: to all, to a client, in a project, of a role or of a specialist',
  description:
    'The narrowest scope that has a rate on the work date wins: specialist, then role, project, client, agency. The date may be in the past: stages billed by time are priced anew, and an answer asked `knownAt` before the change stays what it was. A rate with the same scope and date supersedes the one before. Hours without any rate are never given one: they are counted and listed.',
  permission: 'rates:write',
  status: 201,
  body: z.strictObject({ scope: billRateScope, effectiveFrom: date, ratePerHour, reason }),
  response: z.object({ rateId: id, scope: billRateScope, effectiveFrom: date, ratePerHour, currency, ...receipt }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet.',
    'client-not-found': 'There is no such client.',
    'project-not-found': 'There is no such project.',
    'specialist-not-found': 'There is no such specialist.',
  },
  example: {
    body: {
      scope: designers.scope,
      effectiveFrom: '2026-01-01',
      ratePerHour: '5000',
      reason: 'Price list of 2026',
    },
    response: { ...designers, revision: 0, position: 7 },
  },
});

export const listBillRates = question({
  operationId: 'listBillRates',
  path: '/v1/bill-rates',
  tag: 'agency',
  summary: 'The bill rates in force on a day, by scope',
  permission: 'rates:read',
  query: {
    scope: scopeKind.optional().meta({ description: 'Only rates of this scope' }),
    asOf: date.optional().meta({ description: 'The day on which they are in force; today when absent' }),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({
    items: z.array(
      z.object({
        rateId: id,
        scope: billRateScope,
        effectiveFrom: date,
        /** The day on which the next rate of the scope begins. */
        until: date.nullable().meta({ description: 'The next rate of the scope begins; null when none is known' }),
        ratePerHour,
        currency,
      }),
    ),
    nextCursor,
    asOf: provenance.asOf,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { scope: 'role', asOf: '2026-03-31' },
    response: { items: [{ ...designers, until: null }], nextCursor: null, asOf: '2026-03-31', knownAt: 7 },
  },
});
