import { z } from 'zod';
import { currency, date, id, month, serviceType } from '../../events/index.ts';
import { question } from '../operation.ts';
import {
  basisAsked,
  nextCursor,
  page,
  provenance,
  quality,
  ratio,
  revenueBasis,
  shownMoney,
  timeAxes,
} from '../values.ts';
import { closingExample, ids, rub } from './examples.ts';
import { bases } from './figures.ts';

const line = {
  stages: z.int().min(0).meta({ description: 'How many stages are in it' }),
  revenue: shownMoney.meta({ description: 'On the basis asked for' }),
  cost: shownMoney,
  labourCost: shownMoney,
  expenses: shownMoney,
  profit: shownMoney,
  margin: ratio.meta({ description: 'sum(profit) / sum(revenue), never a mean of percentages' }),
  markup: ratio,
  bases,
  seconds: z.int(),
  lateSeconds: z.int(),
  goodwillSeconds: z.int(),
};

const lineExample = {
  stages: 1,
  revenue: rub(18_549_694),
  cost: rub(11_910_225),
  labourCost: rub(11_730_225),
  expenses: rub(180_000),
  profit: rub(6_639_469),
  margin: '0.357929',
  markup: '0.557460',
  bases: {
    earned: { revenue: rub(18_549_694), profit: rub(6_639_469), margin: '0.357929' },
    invoiced: { revenue: rub(10_000_000), profit: rub(-1_910_225), margin: '-0.191023' },
    cash: { revenue: rub(0), profit: rub(-11_910_225), margin: null },
  },
  seconds: 174_600,
  lateSeconds: 0,
  goodwillSeconds: 0,
};

const groupBy = z.enum(['month', 'client', 'manager', 'service-type']);

export const getPortfolio = question({
  operationId: 'getPortfolio',
  path: '/v1/portfolio',
  tag: 'profitability',
  summary: 'Does the agency earn money? All stages over some months, by month, client, manager or service type',
  description:
    'Rounded stages, added. Cost falls into the month of the work or of the expense, an invoice and a payment into that of its date; of what was earned a month has the difference between its two ends, so the months add up to the stages. A stage counts for whoever managed its project at the end of each month.',
  permission: 'figures:read',
  query: {
    from: month.optional().meta({ description: 'First month; twelve months before the end when absent' }),
    to: month.optional().meta({ description: 'The month after the last one; the one after `asOf` when absent' }),
    groupBy: groupBy.default('month'),
    clientId: id.optional(),
    managerId: id.optional(),
    serviceType: serviceType.optional(),
    ...basisAsked,
    ...timeAxes,
    ...page,
  },
  response: z.object({
    from: month,
    to: month,
    groupBy,
    totals: z.object(line),
    groups: z
      .array(
        z.object({
          key: z.string().nullable().meta({ description: 'The month, or an id; null for no service type' }),
          ...line,
        }),
      )
      .meta({ description: 'In the order of their keys; all pages together add up to the totals' }),
    nextCursor,
    revenueBasis,
    currency,
    quality,
    suppressed: z.boolean(),
    asOf: date,
    knownAt: provenance.knownAt,
    formulaVersion: provenance.formulaVersion,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet.',
    'period-backwards': 'A period ends after it begins.',
    'period-too-long': 'A portfolio covers 120 months at most.',
  },
  example: {
    query: { from: '2026-03', to: '2026-04', groupBy: 'client' },
    response: {
      from: '2026-03',
      to: '2026-04',
      groupBy: 'client',
      totals: lineExample,
      groups: [{ key: ids.clientId, ...lineExample }],
      nextCursor: null,
      ...closingExample,
    },
  },
});
