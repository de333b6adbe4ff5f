import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { currency, date, defaultLoyaltySettings, id, loyaltySettings, name } from '../../events/index.ts';
import { eventReference, explainedBy, from, integer } from '../explaining.ts';
import { question } from '../operation.ts';
import { provenance, timeAxes } from '../values.ts';
import { segment } from './loyalty-values.ts';

const hundredths = z.int().nullable().meta({ description: 'Hundredths of a point' });

const cumulated = z.object({
  date: derivedDate,
  revenueMinor: z.int().nullable().meta({ description: 'Earned up to and with the day; null where it is suppressed' }),
  costMinor: z.int().nullable(),
  seconds: z.int(),
  unpaidSeconds: z.int(),
  uncostedSeconds: z.int(),
  tellsOneRate: z.boolean(),
  explanation: explainedBy,
});

const facts = z.object({
  asOf: date,
  currency,
  settings: loyaltySettings,
  settingsFrom: from,
  standardMargin: z.string().nullable(),
  clients: z.int().meta({ description: 'Clients of the agency on the day' }),
  since: date,
  sinceFrom: from,
  client: z.array(cumulated).meta({ description: 'By the day, six months before it, twelve months before it' }),
  agency: z.array(cumulated).meta({ description: 'By the day, twelve months before it' }),
  stages: z.array(
    z.object({
      stageId: id,
      projectId: id,
      status: z.enum(['planned', 'started', 'closed']),
      startedOn: date.nullable(),
      closedOn: date.nullable(),
    }),
  ),
  contacts: z.object({
    count: z.int().meta({ description: 'Unplanned inbound contacts of three months' }),
    newest: z.array(id),
    from,
  }),
  firstContactOn: derivedDate.nullable(),
  answered: z.array(
    z.object({ extraPaymentId: id, proposedMinor: z.int(), agreedMinor: z.int(), answeredOn: date, from }),
  ),
  invoices: z.array(
    z.object({
      invoiceId: id,
      dueOn: date,
      openMinor: z.int(),
      payments: z.array(z.object({ paidOn: date, minor: z.int() })),
      from,
    }),
  ),
  unconvertedInvoices: z.int(),
  disputes: z.array(z.object({ disputeId: id, disputedOn: date, from })),
  satisfaction: z.object({ satisfactionId: id, score: z.int(), statedOn: date, from }).nullable(),
});

const step = z.object({
  component: z.string(),
  dimension: z.enum(['value', 'attention', 'loyalty']),
  weight: z.int(),
  numerator: integer.nullable().meta({ description: 'Points before rounding and clamping; null where it is missing' }),
  denominator: integer.nullable(),
  pointsInHundredths: hundredths.meta({ description: 'Halves away from zero, clamped to 0 and 100 points' }),
  missing: z.string().nullable(),
  suppressed: z.boolean(),
});

const mean = z.object({
  of: z.enum(['value', 'attention', 'loyalty']),
  numerator: integer.nullable().meta({ description: 'Points by weight, added; missing components are left out' }),
  denominator: integer.nullable().meta({ description: 'Their weights, added' }),
  inHundredths: hundredths,
});

const rule = z.object({
  segment,
  condition: z.string(),
  holds: z.boolean().nullable().meta({ description: 'Null where the value is suppressed' }),
});

export const explainClientLoyalty = question({
  operationId: 'explainClientLoyalty',
  path: '/v1/clients/:clientId/loyalty/explanation',
  tag: 'relationship',
  summary:
    'What a client’s scores are made of: facts with their events, points as fractions, weights, the rule applied',
  description:
    'Recomputed from `facts` alone the scores are the same. What was earned and spent is explained by `explainClient` and `explainPortfolio` on the days named. Whoever may not see cost rates gets the same without what would tell one person’s rate.',
  permission: 'figures:read',
  params: { clientId: id },
  query: timeAxes,
  response: z.object({
    clientId: id,
    name,
    facts,
    components: z.array(step),
    means: z.array(mean),
    lacking: z.array(z.string()).meta({ description: 'Why there is too little to go by; empty where there is enough' }),
    rules: z.array(rule).meta({ description: 'In their order: the first that holds is the segment' }),
    segment: segment.nullable(),
    suppressed: z.boolean(),
    events: z.array(eventReference).meta({ description: 'The events that the facts come from, in log order' }),
    currency,
    ...provenance,
  }),
  example: {
    params: { clientId: 'flora' },
    query: { asOf: '2026-03-31' },
    response: {
      clientId: 'flora',
      name: 'Flora Garden Centres',
      facts: {
        asOf: '2026-03-31',
        currency: 'RUB',
        settings: defaultLoyaltySettings,
        settingsFrom: [1],
        standardMargin: '0.4',
        clients: 1,
        since: '2025-01-15',
        sinceFrom: [7],
        client: [
          {
            date: '2026-03-31',
            revenueMinor: 20_000_000,
            costMinor: 12_841_425,
            seconds: 174_600,
            unpaidSeconds: 0,
            uncostedSeconds: 0,
            tellsOneRate: false,
            explanation: {
              operationId: 'explainClient',
              path: '/v1/clients/flora/explanation?asOf=2026-03-31&knownAt=128',
            },
          },
        ],
        agency: [],
        stages: [],
        contacts: { count: 80, newest: ['6c0f1d0e-51b7-8a44-9d1e-0a9f6a7b3c21'], from: [121] },
        firstContactOn: '2025-11-03',
        answered: [],
        invoices: [],
        unconvertedInvoices: 0,
        disputes: [],
        satisfaction: null,
      },
      components: [
        {
          component: 'unplanned-contacts',
          dimension: 'attention',
          weight: 5,
          numerator: '8000',
          denominator: '192',
          pointsInHundredths: 4_167,
          missing: null,
          suppressed: false,
        },
      ],
      means: [{ of: 'attention', numerator: '20835', denominator: '5', inHundredths: 4_167 }],
      lacking: [],
      rules: [{ segment: 'reprice', condition: 'value < 50', holds: true }],
      segment: 'reprice',
      suppressed: false,
      events: [
        {
          position: 121,
          eventId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
          type: 'InteractionLogged',
          recordedAt: '2026-03-27T16:00:00.000Z',
          actor: 'key:0b7c2f3e',
          reason: null,
        },
      ],
      currency: 'RUB',
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
