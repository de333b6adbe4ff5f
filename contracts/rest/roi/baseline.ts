import { z } from 'zod';
import { baselineSet, count, id, month, unsignedMoney } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';
import { notConfigured, someOf } from './stated.ts';

const LONGEST_BASELINE = 'a baseline covers 36 months at most';
const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

const totals = {
  totalVisitors: count.optional().meta({ description: 'Visitors in the whole period' }),
  totalInquiries: count.optional().meta({ description: 'Inquiries in the whole period' }),
  totalCalls: count.optional(),
  totalForms: count.optional(),
  totalSales: count.optional(),
  totalTurnover: unsignedMoney.optional().meta({ description: 'Turnover that came from the site’s inquiries' }),
  totalPromotionCost: unsignedMoney
    .optional()
    .meta({ description: 'All that was paid to bring visitors in the whole period: fees and advertising' }),
};

export const setBaseline = command({
  operationId: 'setBaseline',
  method: 'POST',
  path: '/v1/projects/:projectId/baseline',
  tag: 'roi',
  summary: 'Set what the client’s site brought before our work',
  description:
    'Counted over the whole period; a month’s baseline is the total divided by the number of months. A newer baseline replaces the one before. Only months behind the period count as gain.',
  permission: 'business:write',
  params: { projectId: id },
  body: z
    .strictObject({
      periodFrom: month.meta({ description: 'First month counted' }),
      periodTo: month.meta({ description: 'Last month counted' }),
      ...totals,
      reason: optionalReason,
    })
    .refine(({ periodFrom, periodTo }) => periodFrom <= periodTo, {
      message: 'the period ends before it begins',
      path: ['periodTo'],
    })
    .refine(({ periodFrom, periodTo }) => monthNumber(periodTo) - monthNumber(periodFrom) < 36, {
      message: LONGEST_BASELINE,
      path: ['periodTo'],
    })
    .refine(someOf(Object.keys(totals)), 'state at least one total'),
  response: z.object({ ...baselineSet.schema.shape, months: z.int().positive(), ...receipt }),
  refusals: {
    ...notConfigured,
    'project-not-found': 'There is no such project.',
    'currency-mismatch': 'Turnover and promotion cost are in the agency’s currency.',
  },
  example: {
    params: { projectId: 'flora-site' },
    body: { periodFrom: '2025-07', periodTo: '2025-09', totalVisitors: 5400, totalInquiries: 60 },
    response: {
      projectId: 'flora-site',
      clientId: 'flora',
      periodFrom: '2025-07',
      periodTo: '2025-09',
      months: 3,
      totalVisitors: 5400,
      totalInquiries: 60,
      totalCalls: null,
      totalForms: null,
      totalSales: null,
      totalTurnover: null,
      totalPromotionCost: null,
      revision: 0,
      position: 91,
    },
  },
});
