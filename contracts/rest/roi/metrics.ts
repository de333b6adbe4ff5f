import { z } from 'zod';
import { id, month } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, receipt, timeAxes } from '../values.ts';
import { figures, metricRefusals, recorded } from './metric-figures.ts';
import { someOf } from './stated.ts';

export const recordMetric = command({
  operationId: 'recordMetric',
  method: 'POST',
  path: '/v1/projects/:projectId/metrics',
  tag: 'roi',
  summary: 'Record what was counted in a month',
  description:
    'Recording a month again corrects it: it replaces the whole of it, also the counts that are then left out; what stood before stays in its history.',
  permission: 'business:write',
  status: 201,
  params: { projectId: id },
  body: z
    .strictObject({ month, ...figures, reason: optionalReason })
    .refine(someOf(Object.keys(figures)), 'state at least one figure'),
  response: z.object({ projectId: id, clientId: id, month, ...recorded, ...receipt }),
  refusals: metricRefusals,
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

const exampleFigures = {
  visitors: 2450,
  inquiries: 41,
  calls: null,
  forms: null,
  sales: null,
  turnover: null,
  advertisingSpend: { minor: 1500000, currency: 'RUB' },
};

export const listMetrics = question({
  operationId: 'listMetrics',
  path: '/v1/projects/:projectId/metrics',
  tag: 'roi',
  summary: 'What was counted for a project, month by month',
  permission: 'business:read',
  params: { projectId: id },
  query: {
    from: month.optional().meta({ description: 'First month' }),
    to: month.optional().meta({ description: 'Last month' }),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({
    projectId: id,
    items: z.array(
      z.object({
        month,
        ...recorded,
        corrections: z.int().min(0).meta({ description: 'How often the month was recorded again' }),
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    params: { projectId: 'flora-site' },
    query: { from: '2026-01' },
    response: {
      projectId: 'flora-site',
      items: [{ month: '2026-01', ...exampleFigures, corrections: 1 }],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

export const getMetricHistory = question({
  operationId: 'getMetricHistory',
  path: '/v1/projects/:projectId/metrics/:month/history',
  tag: 'roi',
  summary: 'Everything that was ever recorded of a month, with who, when and why',
  permission: 'business:read',
  params: { projectId: id, month },
  query: { ...page, knownAt: timeAxes.knownAt },
  response: z.object({
    projectId: id,
    month,
    items: z
      .array(
        z.object({
          ...recorded,
          recordedAt: z.string().meta({ description: 'RFC 3339 instant' }),
          recordedBy: z.string(),
          reason: z.string().nullable(),
          position: z.int().positive(),
        }),
      )
      .meta({ description: 'The oldest first; the last one of all holds' }),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    params: { projectId: 'flora-site', month: '2026-01' },
    response: {
      projectId: 'flora-site',
      month: '2026-01',
      items: [
        {
          ...exampleFigures,
          inquiries: 39,
          recordedAt: '2026-02-02T08:00:00.000Z',
          recordedBy: 'key:0a1b2c3d4e5f6071',
          reason: null,
          position: 93,
        },
        {
          ...exampleFigures,
          recordedAt: '2026-02-05T08:00:00.000Z',
          recordedBy: 'key:0a1b2c3d4e5f6071',
          reason: 'Two inquiries by telephone were missing',
          position: 95,
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

export const exportMetrics = question({
  operationId: 'exportMetrics',
  path: '/v1/projects/:projectId/metrics.csv',
  tag: 'roi',
  summary: 'What was counted for a project as CSV, in the form that importMetrics reads',
  description: 'Amounts are in major units with a decimal point. No totals row, so that the file can be read back.',
  permission: 'business:read',
  params: { projectId: id },
  query: { knownAt: timeAxes.knownAt },
  produces: 'text/csv',
  response: z.string().meta({ description: 'The file' }),
  example: {
    params: { projectId: 'flora-site' },
    response:
      'month,visitors,inquiries,calls,forms,sales,turnover,advertisingSpend\r\n2026-01,2450,41,,,,,15000.00\r\n',
  },
});
