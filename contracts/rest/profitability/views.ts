import { z } from 'zod';
import { activity, date, id, name, role } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, quality, ratio, shownMoney, timeAxes } from '../values.ts';
import { alert, alertExample } from './alerts.ts';
import { closingExample, ids, rub, stageExample, totalsExample } from './examples.ts';
import { closing, totals } from './figures.ts';

const asked = { projectId: id.optional(), clientId: id.optional(), ...page, ...timeAxes };

/** What every view says of a stage. */
export const stageLine = {
  stageId: id,
  projectId: id,
  clientId: id,
  name,
  startedOn: date.nullable(),
  seconds: z.int(),
  lateSeconds: z.int(),
  quality,
  suppressed: z.boolean(),
  alerts: z.array(alert).meta({ description: 'Not yet taken note of' }),
};

const requests = z
  .object({ inScope: z.int(), outOfScope: z.int(), unclear: z.int(), unclassified: z.int() })
  .meta({ description: 'What clients asked of the stage' });

export const stageLineExample = {
  ...ids,
  name: 'Landing design',
  startedOn: '2026-03-02',
  seconds: 174_600,
  lateSeconds: 0,
  quality: closingExample.quality,
  suppressed: false,
  alerts: [alertExample],
};

const requestsExample = { inScope: 0, outOfScope: 1, unclear: 0, unclassified: 0 };

export const getProductionView = question({
  operationId: 'getProductionView',
  path: '/v1/views/production',
  tag: 'profitability',
  summary: 'Stages under way as production asks: hours left, headroom in hours, unplanned work, requests, alerts',
  description: 'Made of the same figures as the finance view and the stages’ own; the totals are of all pages.',
  permission: ['figures:read', 'projects:write'],
  query: asked,
  response: z.object({
    items: z.array(
      z.object({
        ...stageLine,
        work: z.array(z.object({ role, plannedSeconds: z.int(), actualSeconds: z.int() })),
        remaining: z.array(z.object({ role, seconds: z.int(), costed: z.boolean() })),
        remainingSeconds: z.int(),
        headroomByRole: z
          .array(z.object({ role, seconds: z.int().nullable() }))
          .meta({ description: 'Hours of a role until the stage falls below its standard; none without a standard' }),
        unplannedSeconds: z.int().meta({ description: 'Communication, travel, rework and goodwill' }),
        goodwillSeconds: z.int(),
        byActivity: z.array(z.object({ activity, seconds: z.int() })),
        requests,
      }),
    ),
    totals: z.object({
      stages: z.int(),
      seconds: z.int(),
      remainingSeconds: z.int(),
      unplannedSeconds: z.int(),
      openAlerts: z.int(),
      requests,
    }),
    nextCursor,
    ...closing,
  }),
  example: {
    query: { clientId: ids.clientId },
    response: {
      items: [
        {
          ...stageLineExample,
          work: stageExample.plan.work,
          remaining: stageExample.estimateToComplete.work,
          remainingSeconds: 14_400,
          headroomByRole: stageExample.headroom.byRole,
          unplannedSeconds: 27_000,
          goodwillSeconds: 0,
          byActivity: stageExample.byActivity.map((line) => ({ activity: line.activity, seconds: line.seconds })),
          requests: requestsExample,
        },
      ],
      totals: {
        stages: 1,
        seconds: 174_600,
        remainingSeconds: 14_400,
        unplannedSeconds: 27_000,
        openAlerts: 1,
        requests: requestsExample,
      },
      nextCursor: null,
      ...closingExample,
    },
  },
});

export const getFinanceView = question({
  operationId: 'getFinanceView',
  path: '/v1/views/finance',
  tag: 'profitability',
  summary: 'Stages under way as finance asks: margin and forecast, what the figures leave out, open invoices, alerts',
  description: 'Made of the same figures as the production view and the stages’ own; the totals are of all pages.',
  permission: 'figures:read',
  query: asked,
  response: z.object({
    items: z.array(z.object({ ...stageLine, ...totals, standardMargin: ratio, headroom: shownMoney })),
    totals: z.object({ stages: z.int(), openAlerts: z.int(), ...totals }),
    openInvoices: z
      .object({
        count: z.int(),
        owed: shownMoney,
        overdueCount: z.int(),
        overdue: shownMoney,
        unconverted: z.int().meta({ description: 'Invoices left out of the amounts for want of an exchange rate' }),
      })
      .meta({ description: 'Invoices that are not paid, of the client asked for or of all' }),
    nextCursor,
    ...closing,
  }),
  example: {
    query: { clientId: ids.clientId },
    response: {
      items: [{ ...stageLineExample, ...totalsExample, standardMargin: '0.400000', headroom: rub(-841_425) }],
      totals: { stages: 1, openAlerts: 1, ...totalsExample },
      openInvoices: { count: 1, owed: rub(10_000_000), overdueCount: 0, overdue: rub(0), unconverted: 0 },
      nextCursor: null,
      ...closingExample,
    },
  },
});
