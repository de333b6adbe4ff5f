import { z } from 'zod';
import { currency, date, id, month, serviceType } from '../../events/index.ts';
import { comparisonOf, eventsBehind, explainedBy, quantity } from '../explaining.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, timeAxes } from '../values.ts';
import { cause } from './comparison.ts';
import { ids, rub } from './examples.ts';

const change = z.object({
  cause: cause.meta({
    description: '`not-examined`: of the stages that moved least, all that happened; ask for the stage alone',
  }),
  change: quantity,
  stageId: id.nullable().meta({ description: 'Null where no single stage moved' }),
  on: date.nullable().meta({ description: 'The day from which it counts, where days were compared' }),
  events: eventsBehind,
  comparison: explainedBy.nullable().meta({ description: 'Where each event of the stage stands for itself' }),
});

const closing = {
  ...comparisonOf(cause),
  items: z
    .array(change)
    .meta({ description: 'What followed each other of one cause at one stage, as one; all pages add up' }),
  nextCursor,
  currency,
  ...provenance,
};

const fromKnownAt = timeAxes.knownAt.meta({ description: 'The earlier known time; that of `knownAt` when absent' });
const oneStage = id.optional().meta({ description: 'What this stage alone brings; then each event stands for itself' });
const HOW =
  'Each item is the figure after its events less the figure before them, so all items add up to the difference whatever the formulas are. A figure without a value counts as 0. At most the 100 stages that moved most are looked into event by event. Shows what single hours cost, so it is for those alone who may see cost rates.';

const refusals = {
  'agency-not-configured': 'The agency has not been configured yet.',
  'nothing-to-compare': 'Give fromKnownAt, fromAsOf or both: the moment to compare with.',
  'from-is-later': 'The earlier moment must not lie behind the later one, on either axis.',
} as const;

const example = {
  difference: { money: rub(-634_725) },
  causes: [{ cause: 'cost-rates' as const, change: { money: rub(-634_725) }, changes: 1 }],
  items: [
    {
      cause: 'cost-rates' as const,
      change: { money: rub(-634_725) },
      stageId: ids.stageId,
      on: null,
      events: {
        count: 1,
        first: {
          position: 31,
          eventId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
          type: 'CostRateSet',
          recordedAt: '2026-04-02T09:00:00.000Z',
          actor: 'key:0b7c2f3e',
          reason: 'The payslip of March shows the new salary',
        },
        last: {
          position: 31,
          eventId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
          type: 'CostRateSet',
          recordedAt: '2026-04-02T09:00:00.000Z',
          actor: 'key:0b7c2f3e',
          reason: 'The payslip of March shows the new salary',
        },
      },
      comparison: {
        operationId: 'comparePortfolio',
        path: '/v1/portfolio/comparison?figure=profit&from=2026-03&to=2026-04&fromAsOf=2026-03-31&fromKnownAt=30&asOf=2026-03-31&knownAt=31&stageId=landing-design',
      },
    },
  ],
  nextCursor: null,
  currency: 'RUB',
  asOf: '2026-03-31',
  knownAt: 31,
  formulaVersion: '2026.1',
};

const moments = (before: number, after: number) => ({
  from: { asOf: '2026-03-31', knownAt: 30, value: { money: rub(before) } },
  to: { asOf: '2026-03-31', knownAt: 31, value: { money: rub(after) } },
});

export const comparePortfolio = question({
  operationId: 'comparePortfolio',
  path: '/v1/portfolio/comparison',
  tag: 'profitability',
  summary: 'Why the agency’s months moved between two moments: by stage, cause and events, adding up exactly',
  description: `First known time moves, stage by stage in the order of the log; then the day. ${HOW}`,
  permission: 'rates:read',
  query: {
    figure: z.enum(['revenue', 'invoiced', 'paid', 'cost', 'labourCost', 'expenses', 'profit', 'margin']),
    from: month.optional().meta({ description: 'First month; twelve months before the end when absent' }),
    to: month.optional().meta({ description: 'The month after the last one; the one after `asOf` when absent' }),
    clientId: id.optional(),
    managerId: id.optional(),
    serviceType: serviceType.optional(),
    stageId: oneStage,
    fromKnownAt,
    fromAsOf: date.optional().meta({ description: 'The earlier valid time; that of `asOf` when absent' }),
    ...timeAxes,
    ...page,
  },
  response: z.object({ figure: z.string(), months: z.object({ from: month, to: month }), ...closing }),
  refusals: {
    ...refusals,
    'period-backwards': 'A period ends after it begins.',
    'period-too-long': 'A portfolio covers 120 months at most.',
  },
  example: {
    query: { figure: 'profit', from: '2026-03', to: '2026-04', asOf: '2026-03-31', fromKnownAt: '30' },
    response: {
      figure: 'profit',
      months: { from: '2026-03', to: '2026-04' },
      ...moments(9_589_775, 8_955_050),
      ...example,
    },
  },
});

const moneyOfReview = ['revenue', 'cost', 'profit', 'baselineRevenue', 'baselineCost', 'baselineProfit'] as const;

const SINCE_FREEZE =
  'The figures compared are the present ones, not the frozen: those never move. Without `fromKnownAt` they are compared with what was known at the freeze: why the month was restated.';

export const compareMonthlyReview = question({
  operationId: 'compareMonthlyReview',
  path: '/v1/reviews/:month/comparison',
  tag: 'profitability',
  summary: 'Why a month’s review moved since it was frozen, or between two moments: by stage, cause and events',
  description: `${SINCE_FREEZE} ${HOW}`,
  permission: 'rates:read',
  params: { month },
  query: {
    figure: z.enum([
      ...moneyOfReview,
      'profitDeviation',
      'weightedMargin',
      'lowerQuartile',
      'median',
      'upperQuartile',
      'baselineMargin',
      'marginDeviation',
      'stages',
      'hits',
    ]),
    serviceType: serviceType.optional(),
    stageId: oneStage,
    fromKnownAt,
    ...timeAxes,
    ...page,
  },
  response: z.object({ figure: z.string(), month, ...closing }),
  refusals,
  example: {
    params: { month: '2026-03' },
    query: { figure: 'profit', fromKnownAt: '30' },
    response: {
      figure: 'profit',
      month: '2026-03',
      ...moments(9_589_775, 8_955_050),
      ...example,
      items: example.items.map((item) => ({
        ...item,
        comparison: {
          operationId: 'compareMonthlyReview',
          path: '/v1/reviews/2026-03/comparison?figure=profit&fromKnownAt=30&asOf=2026-03-31&knownAt=31&stageId=landing-design',
        },
      })),
    },
  },
});

export const compareManagerKpi = question({
  operationId: 'compareManagerKpi',
  path: '/v1/reviews/:month/managers/:managerId/comparison',
  tag: 'profitability',
  summary: 'Why a manager’s month moved since it was frozen, or between two moments: by stage, cause and events',
  description: `${SINCE_FREEZE} ${HOW}`,
  permission: 'rates:read',
  params: { month, managerId: id },
  query: {
    figure: z.enum(['plannedProfit', 'actualProfit', 'deviation', 'stagesClosed', 'hits', 'hitRate']),
    stageId: oneStage,
    fromKnownAt,
    ...timeAxes,
    ...page,
  },
  response: z.object({ figure: z.string(), month, managerId: id, ...closing }),
  refusals,
  example: {
    params: { month: '2026-03', managerId: 'boris' },
    query: { figure: 'actualProfit' },
    response: {
      figure: 'actualProfit',
      month: '2026-03',
      managerId: 'boris',
      ...moments(9_589_775, 8_955_050),
      ...example,
      items: example.items.map((item) => ({
        ...item,
        comparison: {
          operationId: 'compareManagerKpi',
          path: '/v1/reviews/2026-03/managers/boris/comparison?figure=actualProfit&fromKnownAt=30&asOf=2026-03-31&knownAt=31&stageId=landing-design',
        },
      })),
    },
  },
});
