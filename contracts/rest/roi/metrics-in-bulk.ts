import { z } from 'zod';
import { id, month } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason } from '../values.ts';
import { metricBody, metricRefusals } from './metric-figures.ts';

const mode = z.enum(['atomic', 'best-effort']).default('best-effort');
const outcome = z
  .enum(['accepted', 'unchanged', 'refused', 'not-carried-out'])
  .meta({ description: 'unchanged: the month says this already; not-carried-out: another one was refused (atomic)' });

const counts = {
  dryRun: z.boolean(),
  accepted: z.int().meta({ description: 'Months recorded (or that would be, in a dry run)' }),
  unchanged: z.int(),
  refused: z.int(),
};

const MAX_ITEMS = 500;
const different = (items: readonly { readonly month: string }[]) =>
  new Set(items.map((item) => item.month)).size === items.length;

export const recordMetricsInBulk = command({
  operationId: 'recordMetricsInBulk',
  method: 'POST',
  path: '/v1/projects/:projectId/metrics/bulk',
  tag: 'roi',
  summary: 'Record up to 500 months of a project at once',
  description:
    '`atomic`: all or none. `best-effort`: each on its own. A month that says the same already is left as it is, so sending everything again records nothing twice.',
  permission: 'business:write',
  params: { projectId: id },
  body: z.strictObject({
    mode,
    dryRun: z.boolean().default(false),
    items: z.array(metricBody).min(1).max(MAX_ITEMS).refine(different, 'each month once'),
    reason: optionalReason,
  }),
  response: z.object({
    mode: z.enum(['atomic', 'best-effort']),
    ...counts,
    results: z
      .array(
        z.object({
          index: z.int().min(0),
          month,
          outcome,
          code: z.string().nullable().meta({ description: 'Why it was refused' }),
          detail: z.string().nullable(),
        }),
      )
      .meta({ description: 'One an item, in the order given' }),
    position: z.int().nullable(),
  }),
  refusals: {
    'agency-not-configured': metricRefusals['agency-not-configured'],
    'project-not-found': metricRefusals['project-not-found'],
  },
  example: {
    params: { projectId: 'flora-site' },
    body: { items: [{ month: '2026-01', visitors: 2450, inquiries: 41 }] },
    response: {
      mode: 'best-effort',
      dryRun: false,
      accepted: 1,
      unchanged: 0,
      refused: 0,
      results: [{ index: 0, month: '2026-01', outcome: 'accepted', code: null, detail: null }],
      position: 96,
    },
  },
});

const MAX_IMPORT_BYTES = 262_144;

export const importMetrics = command({
  operationId: 'importMetrics',
  method: 'POST',
  path: '/v1/projects/:projectId/metrics/import',
  tag: 'roi',
  summary: 'Record months of a project from a CSV file',
  description:
    'Columns by name, in any order: `month` (2026-01) and one or more of `visitors`, `inquiries`, `calls`, `forms`, `sales`, `turnover`, `advertisingSpend`; Russian names are known, too. Commas, semicolons or tabs; a byte order mark does no harm. Amounts are in major units of the agency’s currency. An empty cell says nothing. A line that cannot be read is an error of that line; the others are recorded, unless `mode` is `atomic`. The same file again records nothing.',
  permission: 'business:write',
  params: { projectId: id },
  contentTypes: ['text/csv'],
  bodyLimit: MAX_IMPORT_BYTES,
  query: {
    mode,
    dryRun: z.enum(['true', 'false']).default('false'),
    decimalSeparator: z.enum(['.', ',']).default('.').meta({ description: 'Of the amounts' }),
  },
  body: z.string().meta({ description: 'The file' }),
  response: z.object({
    ...counts,
    errors: z
      .array(
        z.object({
          line: z.int().positive(),
          code: z.enum([
            'malformed-csv',
            'month-unreadable',
            'month-twice',
            'count-unreadable',
            'amount-unreadable',
            'nothing-stated',
            'month-in-future',
          ]),
          column: z.string().nullable(),
          message: z.string(),
          value: z.string().nullable(),
        }),
      )
      .meta({ description: 'By line of the file' }),
    position: z.int().nullable(),
  }),
  refusals: {
    'agency-not-configured': metricRefusals['agency-not-configured'],
    'project-not-found': metricRefusals['project-not-found'],
    'columns-unknown': 'The first line must name the column month and at least one figure, and nothing unknown.',
    'too-many-months': 'A file holds 500 months at most.',
  },
  example: {
    params: { projectId: 'flora-site' },
    query: { mode: 'best-effort' },
    body: 'month,visitors,inquiries,advertisingSpend\n2026-01,2450,41,15000.00\n',
    response: { dryRun: false, accepted: 1, unchanged: 0, refused: 0, errors: [], position: 97 },
  },
});
