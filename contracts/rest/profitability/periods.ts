import { z } from 'zod';
import { month, reason } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, receipt, timeAxes } from '../values.ts';

export const closePeriod = command({
  operationId: 'closePeriod',
  method: 'POST',
  path: '/v1/periods/:month/close',
  tag: 'profitability',
  summary: 'Close a month: it takes no more hours, corrections or expenses',
  description:
    'What is dated in a closed month is refused unless an adjustment is asked for, which posts the difference to an open month. Hours that were on their way while the month was closed are not lost: they land, and are marked late. Approving hours that are there stays possible.',
  permission: 'periods:write',
  params: { month },
  body: z.strictObject({ reason: optionalReason }),
  response: z.object({ month, ...receipt }),
  refusals: {
    'period-already-closed': 'The month is closed already.',
    'period-not-begun': 'The month has not begun yet.',
  },
  example: { params: { month: '2026-03' }, body: {}, response: { month: '2026-03', revision: 0, position: 51 } },
});

export const reopenPeriod = command({
  operationId: 'reopenPeriod',
  method: 'POST',
  path: '/v1/periods/:month/reopen',
  tag: 'profitability',
  summary: 'Reopen a closed month; that it was closed stays in the log',
  permission: 'periods:write',
  params: { month },
  body: z.strictObject({ reason }),
  response: z.object({ month, ...receipt }),
  refusals: { 'period-not-closed': 'The month is open.' },
  example: {
    params: { month: '2026-03' },
    body: { reason: 'The hours of the new contractor were missing' },
    response: { month: '2026-03', revision: 1, position: 52 },
  },
});

export const listPeriods = question({
  operationId: 'listPeriods',
  path: '/v1/periods',
  tag: 'profitability',
  summary: 'The months that were closed, and what was done to them',
  description: 'By month, the newest last. A month that is not listed was never closed.',
  permission: 'periods:read',
  query: {
    status: z.enum(['open', 'closed']).optional(),
    knownAt: timeAxes.knownAt,
    ...page,
  },
  response: z.object({
    items: z.array(
      z.object({
        month,
        status: z.enum(['open', 'closed']),
        history: z.array(
          z.object({
            what: z.enum(['closed', 'reopened']),
            at: z.string().meta({ description: 'When it was recorded', examples: ['2026-04-03T08:00:00.000Z'] }),
            by: z.string().meta({ description: 'Whose credential it was', examples: ['key:3f6c'] }),
            reason: z.string().nullable(),
          }),
        ),
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    response: {
      items: [
        {
          month: '2026-03',
          status: 'closed',
          history: [{ what: 'closed', at: '2026-04-03T08:00:00.000Z', by: 'key:3f6c', reason: null }],
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});
