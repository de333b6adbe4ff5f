import { z } from 'zod';
import {
  costBasis,
  costBreakdown,
  currency,
  date,
  externalRef,
  id,
  name,
  ratePerHour,
  reason,
  role,
  specialistKind,
} from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, page, provenance, receipt, timeAxes } from '../values.ts';

export const addSpecialist = command({
  operationId: 'addSpecialist',
  method: 'POST',
  path: '/v1/specialists',
  tag: 'agency',
  summary: 'Add a specialist whose hours the agency sells',
  permission: 'people:write',
  status: 201,
  body: z.strictObject({
    specialistId: id.optional(),
    name,
    role,
    kind: specialistKind.default('employee'),
    externalRef: externalRef.optional(),
  }),
  response: z.object({ specialistId: id, name, role, kind: specialistKind, ...receipt }),
  refusals: { 'specialist-exists': 'A specialist with this id was added before.' },
  example: {
    body: { specialistId: 'anna', name: 'Anna', role: 'designer' },
    response: { specialistId: 'anna', name: 'Anna', role: 'designer', kind: 'employee', revision: 0, position: 3 },
  },
});

export const setCostRate = command({
  operationId: 'setCostRate',
  method: 'POST',
  path: '/v1/specialists/:specialistId/cost-rates',
  tag: 'agency',
  summary: 'Set what an hour of a specialist costs from a date on',
  description:
    'Give the rate itself or what it is made of. The date may be in the past: every figure with hours from then on is re-costed, and an answer asked `knownAt` before the change stays what it was. A rate with the same date supersedes the one before.',
  permission: 'rates:write',
  status: 201,
  params: { specialistId: id },
  body: z
    .strictObject({
      effectiveFrom: date,
      ratePerHour: ratePerHour.optional(),
      breakdown: costBreakdown.optional(),
      basis: costBasis.optional().meta({ description: 'Checked against the agency’s; the agency’s when absent' }),
      reason,
    })
    .refine((body) => (body.ratePerHour === undefined) !== (body.breakdown === undefined), {
      message: 'give either ratePerHour or breakdown',
      path: ['ratePerHour'],
    }),
  response: z.object({
    rateId: id,
    specialistId: id,
    effectiveFrom: date,
    ratePerHour,
    currency,
    basis: costBasis,
    ...receipt,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet.',
    'specialist-not-found': 'There is no such specialist.',
    'basis-mismatch': 'The agency’s cost rates are on another basis, and bases are never mixed.',
    'no-sold-hour': 'On the billable basis a utilisation of 0 leaves no hour to carry the cost.',
  },
  example: {
    params: { specialistId: 'anna' },
    body: {
      effectiveFrom: '2026-01-01',
      breakdown: {
        monthlySalaryMinor: 12000000,
        payrollTax: '0.302',
        monthlyOverheadMinor: 3000000,
        monthlyHours: 160,
        utilisation: '0.5',
      },
      reason: 'Contract of January',
    },
    response: {
      rateId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      specialistId: 'anna',
      effectiveFrom: '2026-01-01',
      ratePerHour: '2328.0000',
      currency: 'RUB',
      basis: 'billable',
      revision: 1,
      position: 4,
    },
  },
});

export const listSpecialists = question({
  operationId: 'listSpecialists',
  path: '/v1/specialists',
  tag: 'agency',
  summary: 'The specialists; with their cost rates for who may see them',
  permission: 'people:read',
  query: { ...page, knownAt: timeAxes.knownAt },
  response: z.object({
    items: z.array(
      z.object({
        specialistId: id,
        name,
        role,
        kind: specialistKind,
        externalRef: externalRef.nullable(),
        deactivatedOn: date.nullable().meta({ description: 'The last day of work; null while there is none' }),
        costRates: z
          .array(z.object({ rateId: id, effectiveFrom: date, ratePerHour }))
          .nullable()
          .meta({ description: 'Null for who may not see rates' }),
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    response: {
      items: [
        {
          specialistId: 'anna',
          name: 'Anna',
          role: 'designer',
          kind: 'employee',
          externalRef: null,
          deactivatedOn: null,
          costRates: [
            {
              rateId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
              effectiveFrom: '2026-01-01',
              ratePerHour: '2328.0000',
            },
          ],
        },
      ],
      nextCursor: null,
      knownAt: 6,
    },
  },
});
