import { z } from 'zod';
import { currency, factSource, id, moneyFact, month, shareFact } from '../../events/index.ts';
import { language } from '../language.ts';
import { question } from '../operation.ts';
import { provenance, ratio, revenueBasis, shownMoney, timeAxes } from '../values.ts';
import { beyondRange } from './stated.ts';

const askedFact = z.enum([
  'project',
  'baseline',
  'metric',
  'inquiries',
  'conversion',
  'close-rate',
  'average-check',
  'gross-margin',
]);

const rub = (minor: number) => ({ minor, currency: 'RUB' });

export const listMissingFacts = question({
  operationId: 'listMissingFacts',
  path: '/v1/clients/:clientId/missing-facts',
  tag: 'roi',
  summary: 'What to ask this client next, in the order of what the answer is worth',
  description:
    'First what is not known at all, by the number of months whose gain waits for it: as long as it is missing the range has no bounds. Then what is known only roughly, by how much narrower the gain would be: `narrowing = (high - low) of the gain today - (high - low) with this fact alone at its stated value`. The cost is certain, so the range of the ROI narrows by `narrowing / cost`. Last come facts that rest on an estimate without a range, or were measured more than a year ago.',
  permission: 'business:read',
  params: { clientId: id },
  query: { ...timeAxes, lang: language },
  response: z.object({
    clientId: id,
    currency,
    gain: z
      .object({ low: shownMoney, base: shownMoney, high: shownMoney })
      .nullable()
      .meta({ description: 'The gain as far as it is known today; null: not at all' }),
    items: z.array(
      z.object({
        rank: z.int().positive(),
        fact: askedFact,
        projectId: id.nullable(),
        why: z.enum(['unknown', 'uncertain', 'estimated', 'outdated']),
        months: z.array(month).meta({ description: 'The months whose gain waits for the answer' }),
        rangeNow: shownMoney.meta({ description: 'high - low of the gain today; null where it is not known' }),
        rangeIfKnown: shownMoney.meta({ description: 'The same with this fact at its stated value' }),
        narrowing: shownMoney.meta({ description: 'rangeNow - rangeIfKnown' }),
        roiNarrowing: ratio.meta({ description: 'narrowing / cost: how much narrower the range of the ROI becomes' }),
        ask: z.string().meta({ description: 'The question, worded for the client' }),
        explanation: z.string().meta({ description: 'What the answer is worth, in words' }),
      }),
    ),
    suppressed: z.boolean().meta({ description: 'roiNarrowing would tell one person’s rate and was left out' }),
    revenueBasis,
    ...provenance,
  }),
  refusals: { ...beyondRange },
  example: {
    params: { clientId: 'flora' },
    query: { asOf: '2026-01-31' },
    response: {
      clientId: 'flora',
      currency: 'RUB',
      gain: { low: rub(2520000), base: rub(3150000), high: rub(3780000) },
      items: [
        {
          rank: 1,
          fact: 'close-rate',
          projectId: null,
          why: 'uncertain',
          months: [],
          rangeNow: rub(1260000),
          rangeIfKnown: rub(0),
          narrowing: rub(1260000),
          roiNarrowing: '0.193846',
          ask: 'What share of the inquiries becomes a sale?',
          explanation:
            'The gain is known to within 12,600.00 RUB. With this known exactly it would be 0.00 RUB: 12,600.00 RUB less.',
        },
      ],
      suppressed: false,
      revenueBasis: 'earned',
      asOf: '2026-01-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});

const heldShare = z.object({ ...shareFact.shape, measuredFrom: month.nullable(), measuredTo: month.nullable() });
const heldMoney = z.object({ ...moneyFact.shape, measuredFrom: month.nullable(), measuredTo: month.nullable() });

export const listBusinessFacts = question({
  operationId: 'listBusinessFacts',
  path: '/v1/clients/:clientId/business-facts',
  tag: 'roi',
  summary: 'What is known of a client’s business: each fact with source, period and range',
  description:
    'In the order of the months from which they hold; a null says nothing, and what held before goes on. What was recorded earlier can be asked for with `knownAt`.',
  permission: 'business:read',
  params: { clientId: id },
  query: { knownAt: timeAxes.knownAt },
  response: z.object({
    clientId: id,
    items: z.array(
      z.object({
        effectiveFrom: month,
        conversion: heldShare.nullable(),
        closeRate: heldShare.nullable(),
        averageCheck: heldMoney.nullable(),
        grossMargin: heldShare.nullable(),
      }),
    ),
    sources: z.array(factSource).meta({ description: 'The kinds of sources that occur' }),
    knownAt: provenance.knownAt,
  }),
  example: {
    params: { clientId: 'flora' },
    response: {
      clientId: 'flora',
      items: [
        {
          effectiveFrom: '2025-10',
          conversion: null,
          closeRate: {
            stated: '0.25',
            low: '0.2',
            high: '0.3',
            source: 'client',
            measuredFrom: '2025-01',
            measuredTo: '2025-06',
          },
          averageCheck: null,
          grossMargin: null,
        },
      ],
      sources: ['client'],
      knownAt: 128,
    },
  },
});
