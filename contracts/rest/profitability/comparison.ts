import { z } from 'zod';
import { currency, date, id } from '../../events/index.ts';
import { eventReference } from '../explaining.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, ratio, timeAxes } from '../values.ts';
import { ids, rub } from './examples.ts';

export const comparedFigure = z.enum([
  'contractRevenue',
  'revenue',
  'invoiced',
  'paid',
  'cost',
  'labourCost',
  'expenses',
  'profit',
  'estimateAtCompletion',
  'forecastProfit',
  'headroom',
]);

export const cause = z.enum([
  'hours',
  'late-hours',
  'corrections',
  'voids',
  'approvals',
  'cost-rates',
  'bill-rates',
  'exchange-rates',
  'extra-payments',
  'write-offs',
  'expenses',
  'estimates',
  'reopened-stages',
  'stage-life',
  'handovers',
  'standards',
  'settings',
  'invoices',
  'payments',
  'passing-time',
  'not-examined',
  'other',
]);

const money = z.object({ minor: z.int(), currency });

const moment = z.object({
  asOf: date,
  knownAt: z.int(),
  value: money.nullable().meta({ description: 'Null where the figure has no value: headroom without a standard' }),
  margin: ratio,
  forecastMargin: ratio,
});

const change = z.object({
  cause,
  change: money,
  stageId: id.nullable().meta({ description: 'The stage that moved; null when several did' }),
  on: date.nullable().meta({ description: 'The day from which it counts, where days were compared' }),
  event: eventReference.nullable().meta({ description: 'Null where time alone moved the figure' }),
});

export const compareFigures = question({
  operationId: 'compareFigures',
  path: '/v1/figures/comparison',
  tag: 'profitability',
  summary: 'Why a figure moved between two moments: the events responsible, adding up exactly',
  description:
    'First known time moves from `fromKnownAt` to `knownAt`: each event is charged with what it did to the figure of `fromAsOf`, in the order of the log. Then valid time moves from `fromAsOf` to `asOf`: each fact is charged from its day on. What no event did (a month of a retainer begins) is `passing-time`. A figure without a value counts as 0. Shows what single hours cost, so it is for those alone who may see cost rates.',
  permission: 'rates:read',
  query: {
    stageId: id.optional().meta({ description: 'Give one of stage, project and client' }),
    projectId: id.optional(),
    clientId: id.optional(),
    figure: comparedFigure,
    fromKnownAt: timeAxes.knownAt.meta({ description: 'The earlier known time; that of `knownAt` when absent' }),
    fromAsOf: date.optional().meta({ description: 'The earlier valid time; that of `asOf` when absent' }),
    ...timeAxes,
    ...page,
  },
  response: z.object({
    stageId: id.nullable(),
    projectId: id.nullable(),
    clientId: id.nullable(),
    figure: comparedFigure,
    from: moment,
    to: moment,
    difference: money,
    causes: z
      .array(z.object({ cause, change: money, changes: z.int() }))
      .meta({ description: 'Add up to the difference; the greatest first' }),
    items: z.array(change).meta({ description: 'All changes together add up to the difference; the greatest first' }),
    nextCursor,
    currency,
    ...provenance,
  }),
  refusals: {
    'one-scope-expected': 'Give exactly one of stageId, projectId and clientId.',
    'nothing-to-compare': 'Give fromKnownAt, fromAsOf or both: the moment to compare with.',
    'from-is-later': 'The earlier moment must not lie behind the later one, on either axis.',
  },
  example: {
    query: { stageId: ids.stageId, figure: 'cost', asOf: '2026-03-31', fromKnownAt: '30' },
    response: {
      stageId: ids.stageId,
      projectId: null,
      clientId: null,
      figure: 'cost',
      from: {
        asOf: '2026-03-31',
        knownAt: 30,
        value: rub(11_910_225),
        margin: '0.402724',
        forecastMargin: '0.402724',
      },
      to: {
        asOf: '2026-03-31',
        knownAt: 31,
        value: rub(12_544_950),
        margin: '0.367147',
        forecastMargin: '0.367147',
      },
      difference: rub(634_725),
      causes: [{ cause: 'cost-rates', change: rub(634_725), changes: 1 }],
      items: [
        {
          cause: 'cost-rates',
          change: rub(634_725),
          stageId: ids.stageId,
          on: null,
          event: {
            position: 31,
            eventId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
            type: 'CostRateSet',
            recordedAt: '2026-04-02T09:00:00.000Z',
            actor: 'key:0b7c2f3e',
            reason: 'The payslip of March shows the new salary',
          },
        },
      ],
      nextCursor: null,
      currency: 'RUB',
      asOf: '2026-03-31',
      knownAt: 31,
      formulaVersion: '2026.1',
    },
  },
});
