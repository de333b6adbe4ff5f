import { z } from 'zod';
import { date, id, name, role } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, timeAxes } from '../values.ts';
import { ids } from './examples.ts';

const days = z.array(z.object({ workDate: date, seconds: z.int() })).meta({ description: 'In the order of the dates' });

export const listUncostedTime = question({
  operationId: 'listUncostedTime',
  path: '/v1/uncosted-time',
  tag: 'profitability',
  summary: 'Whose hours have no cost rate, and on which days',
  description:
    'Those hours are left out of every cost until a rate is set that covers their days; here is what is to be set.',
  permission: 'rates:read',
  query: { ...page, knownAt: timeAxes.knownAt },
  response: z.object({
    items: z.array(
      z.object({
        specialistId: id,
        name,
        role,
        seconds: z.int().positive(),
        firstRateFrom: date.nullable().meta({ description: 'From when on there is a rate; null when there is none' }),
        days,
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    response: {
      items: [
        {
          specialistId: 'vera',
          name: 'Vera',
          role: 'developer',
          seconds: 36_000,
          firstRateFrom: '2026-03-01',
          days: [
            { workDate: '2026-02-26', seconds: 21_600 },
            { workDate: '2026-02-27', seconds: 14_400 },
          ],
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

export const listUnpricedTime = question({
  operationId: 'listUnpricedTime',
  path: '/v1/unpriced-time',
  tag: 'profitability',
  summary: 'Whose billable hours have no bill rate, on which stages billed by time and on which days',
  description:
    'Those hours are left out of the revenue of their stages until a bill rate is set that covers their days; here is what is to be set.',
  permission: 'rates:read',
  query: { ...page, knownAt: timeAxes.knownAt },
  response: z.object({
    items: z.array(
      z.object({ stageId: id, projectId: id, clientId: id, specialistId: id, role, seconds: z.int(), days }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    response: {
      items: [
        {
          ...ids,
          specialistId: 'vera',
          role: 'developer',
          seconds: 36_000,
          days: [
            { workDate: '2026-02-26', seconds: 21_600 },
            { workDate: '2026-02-27', seconds: 14_400 },
          ],
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});
