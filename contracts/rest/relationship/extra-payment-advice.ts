import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { activity, currency, date, id, name, note } from '../../events/index.ts';
import { language, languages } from '../language.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, quality, ratio, revenueBasis, shownMoney, timeAxes } from '../values.ts';

const said = z.object({ code: z.string(), text: z.string() });

const item = z.object({
  kind: z.enum(['time-entry', 'expense', 'request']),
  ref: id,
  date: derivedDate,
  seconds: z.int().nullable(),
  activity: activity.nullable(),
  goodwill: z.boolean(),
  requestId: id.nullable(),
  note: note.nullable(),
  cost: shownMoney.meta({ description: 'Of an entry only for who may see rates' }),
});

const verdict = z
  .enum(['ask-now', 'wait', 'do-not-ask'])
  .meta({ description: '`wait`: there is a sum to ask for, but something comes first' });

export const getExtraPaymentAdvice = question({
  operationId: 'getExtraPaymentAdvice',
  path: '/v1/stages/:stageId/extra-payment-advice',
  tag: 'relationship',
  summary: 'Whether to ask for an extra payment now, how much, on what evidence, and at what risk',
  description:
    'The amount is what keeps the standard: `(EAC - R(1 - m)) / (1 - m)`, or the one given. Break-even churn probability = `gain / (gain + future profit lost)`, future profit being the client’s profit of the last twelve months, not below 0: asking pays as long as losing the client over it is less likely than that.',
  permission: 'figures:read',
  params: { stageId: id },
  query: {
    gainMinor: z.coerce
      .number()
      .int()
      .positive()
      .max(1_000_000_000_000_000)
      .optional()
      .meta({ description: 'An amount to ask for, in minor units of the agency’s currency', examples: [6000000] }),
    lang: language,
    ...timeAxes,
  },
  response: z.object({
    stageId: id,
    name,
    projectId: id,
    clientId: id,
    currency,
    verdict,
    reasons: z.array(said),
    amount: shownMoney.meta({ description: 'What to ask for' }),
    gain: shownMoney.meta({ description: 'What is gained when the client agrees' }),
    revenue: shownMoney,
    estimateAtCompletion: shownMoney,
    standardMargin: ratio,
    forecastMargin: ratio,
    headroom: shownMoney,
    risk: z.object({
      futureProfit: shownMoney.meta({ description: 'The client’s profit of the last twelve months, not below 0' }),
      from: derivedDate,
      to: derivedDate.meta({ description: 'The day behind the last one' }),
      breakEvenProbability: ratio,
      losingCostsNothing: z.boolean().nullable(),
      text: z.string(),
    }),
    evidence: z.array(item),
    pending: z
      .array(z.object({ extraPaymentId: id, amount: shownMoney, proposedOn: date }))
      .meta({ description: 'Proposals for the stage that the client has not answered' }),
    say: z.string().nullable().meta({
      description: 'What to say to the client, with no cost and no margin in it; null unless it is time to ask',
    }),
    language: languages,
    suppressed: z.boolean().meta({ description: 'Figures that would tell one person’s rate were left out' }),
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  example: {
    params: { stageId: 'landing-design' },
    query: { gainMinor: '6000000', asOf: '2026-03-31' },
    response: {
      stageId: 'landing-design',
      name: 'Landing design',
      projectId: 'flora-site',
      clientId: 'flora',
      currency: 'RUB',
      verdict: 'ask-now',
      reasons: [
        { code: 'below-standard', text: 'The stage heads for a margin of 35.79%, below the standard of 40.00%.' },
        { code: 'evidence', text: '2 pieces of unplanned work and 1 request outside the agreed scope can be shown.' },
      ],
      amount: { minor: 6000000, currency: 'RUB' },
      gain: { minor: 6000000, currency: 'RUB' },
      revenue: { minor: 20000000, currency: 'RUB' },
      estimateAtCompletion: { minor: 12841425, currency: 'RUB' },
      standardMargin: '0.400000',
      forecastMargin: '0.357929',
      headroom: { minor: -841425, currency: 'RUB' },
      risk: {
        futureProfit: { minor: 54000000, currency: 'RUB' },
        from: '2025-04-01',
        to: '2026-04-01',
        breakEvenProbability: '0.100000',
        losingCostsNothing: false,
        text: 'Asking pays as long as the chance of losing the client over it is below 10.00%.',
      },
      evidence: [
        {
          kind: 'time-entry',
          ref: 'entry-77',
          date: '2026-03-18',
          seconds: 12600,
          activity: 'rework',
          goodwill: false,
          requestId: null,
          note: 'Second round of the hero section',
          cost: { minor: 814800, currency: 'RUB' },
        },
        {
          kind: 'expense',
          ref: 'taxi-butovo',
          date: '2026-03-17',
          seconds: null,
          activity: null,
          goodwill: false,
          requestId: null,
          note: 'Taxi to Butovo',
          cost: { minor: 180000, currency: 'RUB' },
        },
        {
          kind: 'request',
          ref: 'font-change',
          date: '2026-03-20',
          seconds: null,
          activity: null,
          goodwill: false,
          requestId: 'font-change',
          note: 'Could you also change the font?',
          cost: null,
        },
      ],
      pending: [],
      say: 'While working on “Landing design” we did work that the plan did not hold: 3.5 h of rework, and expenses of 1,800.00 RUB. You also asked for something outside what we had agreed: “Could you also change the font?” (2026-03-20). For this we propose an extra payment of 60,000.00 RUB.',
      language: 'en',
      suppressed: false,
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});

const worklistItem = z.object({
  stageId: id,
  name,
  projectId: id,
  clientId: id,
  verdict,
  reasons: z.array(said),
  amount: shownMoney.meta({ description: 'What keeps the standard' }),
  forecastMargin: ratio,
  standardMargin: ratio,
  costShare: ratio.meta({ description: 'Cost so far / estimate at completion: the later, the weaker the request' }),
  breakEvenProbability: ratio,
  losingCostsNothing: z.boolean().nullable(),
  unplannedPieces: z.int().meta({ description: 'Entries and expenses that can be shown' }),
  requests: z.int().meta({ description: 'Requests out of scope that can be shown' }),
  pendingProposals: z.int(),
  say: z.string().nullable(),
  suppressed: z.boolean(),
});

export const listExtraPaymentAdvice = question({
  operationId: 'listExtraPaymentAdvice',
  path: '/v1/extra-payment-advice',
  tag: 'relationship',
  summary: 'Stages under way for which there is something to ask the client for',
  description:
    'Every stage that heads for less than its standard, as `getExtraPaymentAdvice` answers for it. By the amount with the largest first, or by urgency: how much of the cost is spent already. Stages whose figures may not be shown come last.',
  permission: 'figures:read',
  query: {
    verdict: z.enum(['ask-now', 'wait']).optional(),
    clientId: id.optional(),
    sort: z.enum(['amount', 'urgency']).default('amount'),
    lang: language,
    ...page,
    ...timeAxes,
  },
  response: z.object({
    items: z.array(worklistItem),
    nextCursor,
    stages: z.int().meta({ description: 'Stages below their standard, whatever the verdict' }),
    total: shownMoney.meta({ description: 'What all of them lack; null when one of them may not be shown' }),
    currency,
    language: languages,
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { verdict: 'ask-now', asOf: '2026-03-31' },
    response: {
      items: [
        {
          stageId: 'landing-design',
          name: 'Landing design',
          projectId: 'flora-site',
          clientId: 'flora',
          verdict: 'ask-now',
          reasons: [
            { code: 'below-standard', text: 'The stage heads for a margin of 35.79%, below the standard of 40.00%.' },
            {
              code: 'evidence',
              text: '2 pieces of unplanned work and 1 request outside the agreed scope can be shown.',
            },
          ],
          amount: { minor: 1402375, currency: 'RUB' },
          forecastMargin: '0.357929',
          standardMargin: '0.400000',
          costShare: '0.927485',
          breakEvenProbability: '0.025312',
          losingCostsNothing: false,
          unplannedPieces: 2,
          requests: 1,
          pendingProposals: 0,
          say: 'While working on “Landing design” we did what the plan did not hold: 3.5 h of rework and expenses of 1,800.00 RUB. You asked for something outside what we had agreed: “Could you also change the font?” (2026-03-20). For this we propose an extra payment of 14,023.75 RUB.',
          suppressed: false,
        },
      ],
      nextCursor: null,
      stages: 1,
      total: { minor: 1402375, currency: 'RUB' },
      currency: 'RUB',
      language: 'en',
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
