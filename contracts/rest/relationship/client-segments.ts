import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { currency, id, name } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, quality, ratio, revenueBasis, shownMoney, timeAxes } from '../values.ts';
import { score, segment } from './loyalty-values.ts';

const scores = { value: score, attention: score, loyalty: score, segment: segment.nullable() };

const clientSegment = z.object({
  clientId: id,
  name,
  ...scores,
  insufficientData: z.boolean(),
  advice: z.string(),
  because: z.string().meta({ description: 'The reason that weighs most' }),
  revenue: shownMoney.meta({ description: 'Earned in the last twelve months' }),
  profit: shownMoney.meta({ description: 'Of the last twelve months' }),
  margin: ratio,
  contactsPerWorkingDay: ratio.meta({ description: 'Unplanned ones that the client made in the last three months' }),
  suppressed: z.boolean(),
});

export const listClientSegments = question({
  operationId: 'listClientSegments',
  path: '/v1/client-segments',
  tag: 'relationship',
  summary: 'All clients with what they are worth, what attention they take, and what to do about them',
  description:
    'The scores are those of `getClientLoyalty` on the same day. Ordered by name, or by a score with the highest first; clients without that score come last. `counts` are over all clients, whatever the filter.',
  permission: 'figures:read',
  query: {
    segment: segment.optional(),
    insufficientData: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'Only clients of whom too little is on record, or only the others' }),
    sort: z.enum(['name', 'value', 'attention', 'loyalty']).default('name'),
    ...page,
    ...timeAxes,
  },
  response: z.object({
    items: z.array(clientSegment),
    nextCursor,
    counts: z.object({
      exit: z.int(),
      reprice: z.int(),
      'reduce-contact': z.int(),
      invest: z.int(),
      maintain: z.int(),
      insufficientData: z.int(),
    }),
    currency,
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { segment: 'reprice', asOf: '2026-03-31' },
    response: {
      items: [
        {
          clientId: 'flora',
          name: 'Flora Garden Centres',
          value: 44.74,
          attention: 41.67,
          loyalty: 38.89,
          segment: 'reprice',
          insufficientData: false,
          advice: 'Raise the price, or cut what is done unpaid: the work earns less than it should.',
          because: 'The value of 44.74 is below 50.',
          revenue: { minor: 20000000, currency: 'RUB' },
          profit: { minor: 7158575, currency: 'RUB' },
          margin: '0.357929',
          contactsPerWorkingDay: '1.250000',
          suppressed: false,
        },
      ],
      nextCursor: null,
      counts: { exit: 0, reprice: 1, 'reduce-contact': 1, invest: 2, maintain: 4, insufficientData: 1 },
      currency: 'RUB',
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});

const DEFAULT_MONTHS = 12;
const MOST_MONTHS = 36;

export const getLoyaltyHistory = question({
  operationId: 'getLoyaltyHistory',
  path: '/v1/clients/:clientId/loyalty/history',
  tag: 'relationship',
  summary: 'How a client’s value, attention and loyalty went, month by month',
  description:
    'Every month as `getClientLoyalty` answers for its last day, the last one for the day asked about, with the weights and thresholds as they are now, so that months compare. With `knownAt`: with what was known then.',
  permission: 'figures:read',
  params: { clientId: id },
  query: {
    months: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_MONTHS)
      .default(DEFAULT_MONTHS)
      .meta({ description: 'How many months, the one of `asOf` included' }),
    ...timeAxes,
  },
  response: z.object({
    clientId: id,
    name,
    months: z.array(
      z.object({
        month: z.string().meta({ examples: ['2026-03'] }),
        on: derivedDate.meta({ description: 'The day for which the scores hold' }),
        ...scores,
        insufficientData: z.boolean(),
        suppressed: z.boolean(),
      }),
    ),
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  example: {
    params: { clientId: 'flora' },
    query: { months: '2', asOf: '2026-03-31' },
    response: {
      clientId: 'flora',
      name: 'Flora Garden Centres',
      months: [
        {
          month: '2026-02',
          on: '2026-02-28',
          value: 52.1,
          attention: 33.33,
          loyalty: 36.11,
          segment: 'maintain',
          insufficientData: false,
          suppressed: false,
        },
        {
          month: '2026-03',
          on: '2026-03-31',
          value: 44.74,
          attention: 41.67,
          loyalty: 38.89,
          segment: 'reprice',
          insufficientData: false,
          suppressed: false,
        },
      ],
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
