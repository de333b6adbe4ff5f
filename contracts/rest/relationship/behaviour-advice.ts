import { z } from 'zod';
import { behaviour, date, id, requestResult, requestScope, role } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, quality, ratio, revenueBasis, shownMoney, timeAxes } from '../values.ts';

const reasons = z.array(z.object({ code: z.string(), text: z.string() }));

const pastDecision = z
  .object({
    requestId: id,
    behaviour,
    advised: behaviour.nullable(),
    decidedOn: date,
    result: requestResult.nullable().meta({ description: 'Null while the request is open' }),
    seconds: z.int().min(0).meta({ description: 'Hours that count for the request, in seconds' }),
    marginThen: ratio.meta({ description: 'Forecast margin of its stage on the day of the decision' }),
    marginAfter: ratio.meta({ description: 'Forecast margin of its stage as of the day asked for' }),
  })
  .meta({ id: 'PastBehaviour', description: 'A decision on another request of the client, and what came of it' });

export const getBehaviourAdvice = question({
  operationId: 'getBehaviourAdvice',
  path: '/v1/requests/:requestId/behaviour-advice',
  tag: 'relationship',
  summary: 'How to behave towards a request: do all of it, delegate, teach or dissuade, and why',
  description:
    'Forecast margin of the stage at or above its standard and the client’s segment `invest`: `do-all`. At or above it, but no employee of the agency has the role asked for: `delegate`. From 0 up to the standard, with high attention or unclear scope: `teach`. Else `dissuade`, with the extra payment that brings the stage to its standard.',
  permission: 'figures:read',
  params: { requestId: id },
  query: {
    role: role.optional().meta({ description: 'The role that the request asks for; the agency’s own when absent' }),
    ...timeAxes,
  },
  response: z.object({
    requestId: id,
    clientId: id,
    stageId: id.nullable(),
    behaviour: behaviour.nullable().meta({ description: 'Null: the figures are not enough; the reasons say why' }),
    reasons,
    extraPayment: shownMoney.meta({ description: 'What to ask for when dissuading; null when nothing is lacking' }),
    forecastMargin: ratio,
    standardMargin: ratio,
    segment: z.enum(['exit', 'reprice', 'reduce-contact', 'invest', 'maintain']).nullable(),
    attention: z.number().min(0).max(100).nullable(),
    scope: requestScope.nullable(),
    past: z.array(pastDecision).meta({ description: 'Of the same client, the newest first, 20 at most' }),
    suppressed: z.boolean().meta({ description: 'Figures that would tell one person’s rate were left out' }),
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  example: {
    params: { requestId: 'font-change' },
    query: { asOf: '2026-03-31' },
    response: {
      requestId: 'font-change',
      clientId: 'flora',
      stageId: 'landing-design',
      behaviour: 'dissuade',
      reasons: [
        { code: 'below-standard', text: 'The stage heads for a margin of 35.79%, below the standard of 40.00%.' },
        { code: 'attention-low', text: 'The client takes 21.5 points of attention; 50 are high.' },
        { code: 'scope-out-of-scope', text: 'The request is out-of-scope.' },
      ],
      extraPayment: { minor: 1402375, currency: 'RUB' },
      forecastMargin: '0.357929',
      standardMargin: '0.400000',
      segment: 'maintain',
      attention: 21.5,
      scope: 'out-of-scope',
      past: [
        {
          requestId: 'menu-change',
          behaviour: 'do-all',
          advised: 'dissuade',
          decidedOn: '2026-02-10',
          result: 'done',
          seconds: 14400,
          marginThen: '0.412000',
          marginAfter: '0.357929',
        },
      ],
      suppressed: false,
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});

const outcome = z
  .object({
    clientId: id,
    behaviour,
    decisions: z.int().min(1).meta({ description: 'Requests whose newest decision this is' }),
    asAdvised: z.int().min(0).meta({ description: 'Decisions that followed the advice' }),
    againstAdvice: z.int().min(0),
    done: z.int().min(0),
    dropped: z.int().min(0),
    disputed: z.int().min(0).meta({ description: 'Requests that were ever disputed' }),
    seconds: z.int().min(0).meta({ description: 'Hours that count for the requests, in seconds' }),
    agreed: shownMoney.meta({ description: 'Extra payments agreed for the requests' }),
    marginThen: ratio.meta({
      description:
        'Forecast margin of their stages, each on the day of its first decision: sum of profit / sum of revenue',
    }),
    marginAfter: ratio.meta({ description: 'The same stages as of the day asked for' }),
    suppressed: z.boolean().meta({ description: 'Margins that would tell one person’s rate were left out' }),
  })
  .meta({ id: 'BehaviourOutcome', description: 'What came of one behaviour towards one client' });

export const getBehaviourOutcomes = question({
  operationId: 'getBehaviourOutcomes',
  path: '/v1/behaviour-outcomes',
  tag: 'relationship',
  summary: 'What came of doing all, delegating, teaching and dissuading, by client',
  description:
    'Requests on which a behaviour was decided in the period, each under its newest decision by the day asked for: their hours, extra payments, disputes, and the margin of their stages before and after.',
  permission: 'figures:read',
  query: {
    clientId: id.optional(),
    behaviour: behaviour.optional(),
    from: date
      .optional()
      .meta({ description: 'Decided on this day or later; twelve months before `asOf` when absent' }),
    ...timeAxes,
  },
  response: z.object({
    items: z.array(outcome),
    from: date,
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.' },
  example: {
    query: { clientId: 'flora', asOf: '2026-03-31' },
    response: {
      items: [
        {
          clientId: 'flora',
          behaviour: 'do-all',
          decisions: 2,
          asAdvised: 1,
          againstAdvice: 1,
          done: 2,
          dropped: 0,
          disputed: 0,
          seconds: 28800,
          agreed: { minor: 0, currency: 'RUB' },
          marginThen: '0.412000',
          marginAfter: '0.357929',
          suppressed: false,
        },
      ],
      from: '2025-04-01',
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
