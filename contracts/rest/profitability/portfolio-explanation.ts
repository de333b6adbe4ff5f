import { z } from 'zod';
import { currency, date, id, month, name, serviceType } from '../../events/index.ts';
import { explainedBy, fraction } from '../explaining.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, ratio, timeAxes } from '../values.ts';
import { ids, provenanceExample } from './examples.ts';

const added = z
  .object({
    revenueMinor: z.int().meta({ description: 'Earned' }),
    invoicedMinor: z.int(),
    paidMinor: z.int(),
    costMinor: z.int(),
    labourCostMinor: z.int(),
    expensesMinor: z.int(),
    seconds: z.int(),
    lateSeconds: z.int(),
    goodwillSeconds: z.int(),
    uncostedSeconds: z.int(),
    unpricedSeconds: z.int(),
    unapprovedSeconds: z.int(),
    profitMinor: z.int().meta({ description: 'Revenue less cost' }),
  })
  .meta({ id: 'PortfolioSums' });

const standing = z.object({
  day: date,
  figures: added.meta({ description: 'All that the stage had brought and cost up to and with the day' }),
  explanation: explainedBy,
});

const part = z.object({
  stageId: id,
  projectId: id,
  clientId: id,
  name,
  serviceType: serviceType.nullable(),
  firstMonth: month,
  lastMonth: month.meta({ description: 'A stage counts in these months, all of them one after the other' }),
  before: standing.nullable().meta({ description: 'At the end of the month before; null where nothing had happened' }),
  after: standing.meta({ description: 'At the end of the last month, or on `asOf` where that comes first' }),
  added: added.meta({ description: '`after` less `before`' }),
  shares: z
    .object({ revenue: ratio, cost: ratio, profit: ratio })
    .meta({ description: 'Of the totals; null where a total is 0' }),
});

const figures = {
  revenueMinor: 18_549_694,
  invoicedMinor: 10_000_000,
  paidMinor: 0,
  costMinor: 11_910_225,
  labourCostMinor: 11_730_225,
  expensesMinor: 180_000,
  profitMinor: 6_639_469,
  seconds: 174_600,
  lateSeconds: 0,
  goodwillSeconds: 0,
  uncostedSeconds: 0,
  unpricedSeconds: 0,
  unapprovedSeconds: 0,
};

export const explainPortfolio = question({
  operationId: 'explainPortfolio',
  path: '/v1/portfolio/explanation',
  tag: 'profitability',
  summary: 'What the agency’s months are made of: the part of each stage, and where that is explained',
  description:
    'A stage’s part of some months is what it had brought and cost at their end less what it had before them; each end is explained by `explainStage`, down to the entries. The parts of all pages add up to the totals. Whoever is given as manager has the months at whose end the project was theirs. Shows what single stages cost, so it is for those alone who may see cost rates.',
  permission: 'rates:read',
  query: {
    from: month.optional().meta({ description: 'First month; twelve months before the end when absent' }),
    to: month.optional().meta({ description: 'The month after the last one; the one after `asOf` when absent' }),
    clientId: id.optional(),
    managerId: id.optional(),
    serviceType: serviceType.optional(),
    ...timeAxes,
    ...page,
  },
  response: z.object({
    from: month,
    to: month,
    stages: z.int().min(0).meta({ description: 'How many stages have a part; those that add nothing are left out' }),
    totals: added,
    ratios: z.array(fraction).meta({ description: 'Margins on each basis, and the markup' }),
    parts: z
      .array(part)
      .meta({ description: 'By the greatest profit or loss; on all pages they add up to the totals' }),
    nextCursor,
    currency,
    ...provenance,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet.',
    'period-backwards': 'A period ends after it begins.',
    'period-too-long': 'A portfolio covers 120 months at most.',
  },
  example: {
    query: { from: '2026-03', to: '2026-04' },
    response: {
      from: '2026-03',
      to: '2026-04',
      stages: 1,
      totals: figures,
      ratios: [{ of: 'margin', numerator: '6639469', denominator: '18549694', ratio: '0.357929' }],
      parts: [
        {
          ...ids,
          name: 'Landing design',
          serviceType: null,
          firstMonth: '2026-03',
          lastMonth: '2026-03',
          before: null,
          after: {
            day: '2026-03-31',
            figures,
            explanation: {
              operationId: 'explainStage',
              path: '/v1/stages/landing-design/explanation?asOf=2026-03-31&knownAt=128',
            },
          },
          added: figures,
          shares: { revenue: '1.000000', cost: '1.000000', profit: '1.000000' },
        },
      ],
      nextCursor: null,
      currency: 'RUB',
      ...provenanceExample,
    },
  },
});
