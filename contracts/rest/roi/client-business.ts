import { z } from 'zod';
import { count, factSource, id, moneyFact, month, share, shareFact, unsignedMoney } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';

const bounds = 'The range within which the true value lies; `stated` where absent';

const statedShare = z
  .strictObject({
    stated: share,
    low: share.optional().meta({ description: bounds }),
    high: share.optional(),
    source: factSource,
  })
  .refine(
    ({ stated, low = stated, high = stated }) => Number(low) <= Number(stated) && Number(stated) <= Number(high),
    'low <= stated <= high',
  );

const statedMoney = z
  .strictObject({
    stated: unsignedMoney,
    low: unsignedMoney.optional().meta({ description: bounds }),
    high: unsignedMoney.optional(),
    source: factSource,
  })
  .refine(
    ({ stated, low = stated, high = stated }) => low.minor <= stated.minor && stated.minor <= high.minor,
    'low <= stated <= high',
  )
  .refine(
    ({ stated, low = stated, high = stated }) => low.currency === stated.currency && high.currency === stated.currency,
    'one currency for all three',
  );

const period = z
  .strictObject({ from: month, to: month })
  .refine(({ from, to }) => from <= to, { message: 'the period ends before it begins', path: ['to'] });

const someOf = (fields: readonly string[]) => (body: object) =>
  fields.some((field) => (body as Readonly<Record<string, unknown>>)[field] !== undefined);

const notConfigured = {
  'agency-not-configured': 'The agency has not been configured yet, so its currency is not known.',
};

export const recordBusinessFacts = command({
  operationId: 'recordBusinessFacts',
  method: 'POST',
  path: '/v1/clients/:clientId/business-facts',
  tag: 'roi',
  summary: 'Record facts of a client’s business, from a month on',
  description:
    'Each fact holds from its month on until a later one of its kind; the same month supersedes. A fact that is left out says nothing: what was recorded before holds on.',
  permission: 'business:write',
  status: 201,
  params: { clientId: id },
  body: z
    .strictObject({
      effectiveFrom: month,
      measured: period.optional().meta({ description: 'The months over which the figures were counted' }),
      conversion: statedShare.optional().meta({ description: 'Share of site visitors who inquire' }),
      closeRate: statedShare.optional().meta({ description: 'Share of inquiries that become a sale' }),
      averageCheck: statedMoney.optional(),
      grossMargin: statedShare.optional().meta({ description: 'Share of the check left after the cost of goods' }),
      reason: optionalReason,
    })
    .refine(someOf(['conversion', 'closeRate', 'averageCheck', 'grossMargin']), 'state at least one fact'),
  response: z.object({
    clientId: id,
    effectiveFrom: month,
    measuredFrom: month.nullable(),
    measuredTo: month.nullable(),
    conversion: shareFact.nullable(),
    closeRate: shareFact.nullable(),
    averageCheck: moneyFact.nullable(),
    grossMargin: shareFact.nullable(),
    ...receipt,
  }),
  refusals: {
    ...notConfigured,
    'client-not-found': 'There is no such client.',
    'currency-mismatch': 'The average check is in the agency’s currency.',
  },
  example: {
    params: { clientId: 'flora' },
    body: {
      effectiveFrom: '2025-10',
      measured: { from: '2025-01', to: '2025-06' },
      closeRate: { stated: '0.25', low: '0.2', high: '0.3', source: 'client' },
      averageCheck: { stated: { minor: 1200000, currency: 'RUB' }, source: 'client' },
      grossMargin: { stated: '0.5', source: 'estimate' },
    },
    response: {
      clientId: 'flora',
      effectiveFrom: '2025-10',
      measuredFrom: '2025-01',
      measuredTo: '2025-06',
      conversion: null,
      closeRate: { stated: '0.25', low: '0.2', high: '0.3', source: 'client' },
      averageCheck: {
        stated: { minor: 1200000, currency: 'RUB' },
        low: { minor: 1200000, currency: 'RUB' },
        high: { minor: 1200000, currency: 'RUB' },
        source: 'client',
      },
      grossMargin: { stated: '0.5', low: '0.5', high: '0.5', source: 'estimate' },
      revision: 0,
      position: 90,
    },
  },
});

const LONGEST_BASELINE = 'a baseline covers 36 months at most';
const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

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
      totalVisitors: count.optional().meta({ description: 'Visitors in the whole period' }),
      totalInquiries: count.optional().meta({ description: 'Inquiries in the whole period' }),
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
    .refine(someOf(['totalVisitors', 'totalInquiries']), 'state at least one count'),
  response: z.object({
    projectId: id,
    clientId: id,
    periodFrom: month,
    periodTo: month,
    months: z.int().positive(),
    totalVisitors: count.nullable(),
    totalInquiries: count.nullable(),
    ...receipt,
  }),
  refusals: { 'project-not-found': 'There is no such project.' },
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
      revision: 0,
      position: 91,
    },
  },
});

const figures = {
  visitors: count.optional(),
  inquiries: count.optional(),
  calls: count.optional(),
  forms: count.optional(),
  sales: count.optional(),
  turnover: unsignedMoney.optional(),
  advertisingSpend: unsignedMoney.optional(),
};

export const recordMetric = command({
  operationId: 'recordMetric',
  method: 'POST',
  path: '/v1/projects/:projectId/metrics',
  tag: 'roi',
  summary: 'Record what was counted in a month',
  description:
    'Recording a month again replaces the whole of it, also the counts that are then left out; what stood before stays in the log.',
  permission: 'business:write',
  status: 201,
  params: { projectId: id },
  body: z
    .strictObject({ month, ...figures, reason: optionalReason })
    .refine(someOf(Object.keys(figures)), 'state at least one figure'),
  response: z.object({
    projectId: id,
    clientId: id,
    month,
    visitors: count.nullable(),
    inquiries: count.nullable(),
    calls: count.nullable(),
    forms: count.nullable(),
    sales: count.nullable(),
    turnover: unsignedMoney.nullable(),
    advertisingSpend: unsignedMoney.nullable(),
    ...receipt,
  }),
  refusals: {
    ...notConfigured,
    'project-not-found': 'There is no such project.',
    'currency-mismatch': 'Turnover and advertising spend are in the agency’s currency.',
    'month-in-future': 'The month has not begun yet.',
  },
  example: {
    params: { projectId: 'flora-site' },
    body: {
      month: '2026-01',
      visitors: 2450,
      inquiries: 41,
      advertisingSpend: { minor: 1500000, currency: 'RUB' },
    },
    response: {
      projectId: 'flora-site',
      clientId: 'flora',
      month: '2026-01',
      visitors: 2450,
      inquiries: 41,
      calls: null,
      forms: null,
      sales: null,
      turnover: null,
      advertisingSpend: { minor: 1500000, currency: 'RUB' },
      revision: 4,
      position: 95,
    },
  },
});
