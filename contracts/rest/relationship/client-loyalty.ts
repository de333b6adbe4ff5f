import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { currency, defaultLoyaltySettings, id, loyaltySettings, name } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, quality, revenueBasis, timeAxes } from '../values.ts';
import { input, score, segment } from './loyalty-values.ts';

const window = z
  .object({ from: derivedDate, to: derivedDate })
  .nullable()
  .meta({ description: 'The days that count, `[from, to)`; null where all do' });

const component = z.object({
  component: z.enum([
    'profitability',
    'profit-share',
    'growth',
    'unplanned-contacts',
    'unpaid-share',
    'tenure',
    'repeat-stages',
    'extra-payments',
    'payment-discipline',
    'disputes',
    'satisfaction',
  ]),
  dimension: z.enum(['value', 'attention', 'loyalty']),
  weight: z.int().meta({ description: 'Of the agency’s settings' }),
  points: score,
  missing: z.string().nullable().meta({ description: 'Why the component has no points; it is then left out' }),
  suppressed: z.boolean(),
  window,
  inputs: z.array(input),
  evidence: z
    .array(
      z.object({
        kind: z.enum(['interaction', 'stage', 'extra-payment', 'invoice', 'dispute', 'satisfaction']),
        ref: id,
      }),
    )
    .meta({ description: 'What it was counted from, the newest first, 20 at most' }),
});

export const getClientLoyalty = question({
  operationId: 'getClientLoyalty',
  path: '/v1/clients/:clientId/loyalty',
  tag: 'relationship',
  summary: 'What a client is worth, how much attention it takes, how loyal it is, and what to do about it',
  description:
    'Three scores from 0 to 100 out of components, each with its inputs. A score is the mean of its components’ points by weight; a missing component is left out and its weight shared. Fewer than three components, or less than three months since the first stage or contact on record, gives `insufficientData`. A working day is a Monday to Friday; public holidays are not left out. A client with three or more unplanned contacts a working day is never `invest`.',
  permission: 'figures:read',
  params: { clientId: id },
  query: timeAxes,
  response: z.object({
    clientId: id,
    name,
    currency,
    value: score,
    attention: score,
    loyalty: score,
    segment: segment.nullable(),
    insufficientData: z.boolean(),
    components: z.array(component),
    advice: z.object({
      text: z.string(),
      reasons: z.array(z.object({ code: z.string(), text: z.string() })),
    }),
    settings: loyaltySettings.meta({ description: 'The weights and thresholds that were applied' }),
    suppressed: z.boolean().meta({ description: 'Figures that would tell one person’s rate were left out' }),
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  example: {
    params: { clientId: 'flora' },
    query: { asOf: '2026-03-31' },
    response: {
      clientId: 'flora',
      name: 'Flora Garden Centres',
      currency: 'RUB',
      value: 44.74,
      attention: 41.67,
      loyalty: 38.89,
      segment: 'reprice',
      insufficientData: false,
      components: [
        {
          component: 'profitability',
          dimension: 'value',
          weight: 5,
          points: 44.74,
          missing: null,
          suppressed: false,
          window: { from: '2025-04-01', to: '2026-04-01' },
          inputs: [
            { name: 'revenue', money: { minor: 20000000, currency: 'RUB' } },
            { name: 'profit', money: { minor: 7158575, currency: 'RUB' } },
            { name: 'margin', ratio: '0.357929' },
            { name: 'standardMargin', ratio: '0.400000' },
          ],
          evidence: [],
        },
        {
          component: 'unplanned-contacts',
          dimension: 'attention',
          weight: 5,
          points: 41.67,
          missing: null,
          suppressed: false,
          window: { from: '2026-01-01', to: '2026-04-01' },
          inputs: [
            { name: 'contacts', count: 80 },
            { name: 'workingDays', count: 64 },
            { name: 'contactsPerWorkingDay', ratio: '1.250000' },
          ],
          evidence: [{ kind: 'interaction', ref: '6c0f1d0e-51b7-8a44-9d1e-0a9f6a7b3c21' }],
        },
        {
          component: 'tenure',
          dimension: 'loyalty',
          weight: 2,
          points: 38.89,
          missing: null,
          suppressed: false,
          window: null,
          inputs: [
            { name: 'since', date: '2025-01-15' },
            { name: 'months', count: 14 },
          ],
          evidence: [],
        },
        {
          component: 'satisfaction',
          dimension: 'loyalty',
          weight: 1,
          points: null,
          missing: 'the client has not been asked how content it is',
          suppressed: false,
          window: null,
          inputs: [],
          evidence: [],
        },
      ],
      advice: {
        text: 'Raise the price or cut what is done unpaid: the work earns less than the agency’s standard.',
        reasons: [
          { code: 'low-value', text: 'The value of 44.74 is below 50.' },
          { code: 'margin', text: 'The margin of the last twelve months is 35.79%; the standard is 40.00%.' },
        ],
      },
      settings: defaultLoyaltySettings,
      suppressed: false,
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
