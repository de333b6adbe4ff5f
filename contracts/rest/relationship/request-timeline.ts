import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import {
  activity,
  adjustmentKind,
  behaviour,
  channel,
  date,
  id,
  inFavourOf,
  instant,
  name,
  note,
  reason,
  requestResult,
  requestScope,
  role,
  side,
} from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, shownMoney, timeAxes } from '../values.ts';
import { requestStanding } from './request-standing.ts';

const hours = z
  .object({
    entryId: id,
    specialistId: id,
    role,
    stageId: id.nullable(),
    workDate: date,
    seconds: z.int(),
    activity,
    billable: z.boolean(),
    goodwill: z.boolean(),
    requestId: id.nullable(),
    note: note.nullable(),
  })
  .meta({ id: 'TimelineHours', description: 'What a time entry said; without its cost' });

const disputeSteps = {
  dispute: z
    .object({
      disputeId: id,
      on: date,
      side,
      by: name,
      channel,
      words: note,
      throughPortal: z.boolean().meta({ description: 'The client raised it in the portal' }),
    })
    .optional(),
  arbiter: z.object({ disputeId: id, arbiterId: id, on: date, was: id.nullable() }).optional(),
  ruling: z
    .object({
      disputeId: id,
      arbiterId: id,
      on: date,
      inFavourOf,
      words: note,
      adjustments: z
        .int()
        .min(0)
        .meta({ description: 'How many adjustments it orders; each is told when it is posted' }),
    })
    .optional(),
  adjustment: z
    .object({
      disputeId: id,
      adjustmentId: id,
      kind: adjustmentKind,
      amount: shownMoney,
      ref: id.meta({ description: 'The write-off, the extra payment or the time entry' }),
      refusedWith: z.string().nullable(),
    })
    .optional(),
};

const step = z.object({
  position: z.int().meta({ description: 'Position in the log' }),
  recordedAt: instant.meta({ description: 'When it became known' }),
  actor: z.string().meta({ description: 'Who recorded it', examples: ['key:7f3a'] }),
  reason: reason.nullable(),
  event: z.enum([
    'registered',
    'classified',
    'hours-logged',
    'hours-corrected',
    'hours-voided',
    'extra-payment-proposed',
    'extra-payment-agreed',
    'extra-payment-declined',
    'extra-payment-withdrawn',
    'behaviour-decided',
    'completed',
    'disputed',
    'arbiter-assigned',
    'dispute-ruled',
    'adjustment-posted',
    'adjustment-refused',
  ]),
  classification: z
    .object({
      scope: requestScope,
      rationale: reason,
      contractClause: note.nullable(),
      stageId: id.nullable(),
      classifiedOn: date,
      was: requestScope.nullable().meta({ description: 'The scope that held before' }),
    })
    .optional(),
  behaviour: z
    .object({
      behaviour,
      rationale: reason,
      advised: behaviour.nullable(),
      decidedOn: date,
      was: behaviour.nullable().meta({ description: 'The behaviour decided before' }),
    })
    .optional(),
  completion: z.object({ result: requestResult, completedOn: date, note: note.nullable() }).optional(),
  ...disputeSteps,
  before: hours.optional().meta({ description: 'What the entry said before it was corrected or voided' }),
  after: hours.optional().meta({ description: 'What the entry says from then on' }),
  extraPayment: z
    .object({
      extraPaymentId: id,
      amount: shownMoney,
      on: date,
      by: name.nullable().meta({ description: 'Who answered, for the client' }),
      channel: channel.nullable(),
      words: reason.nullable(),
    })
    .optional(),
});

export const getRequestTimeline = question({
  operationId: 'getRequestTimeline',
  path: '/v1/requests/:requestId/timeline',
  tag: 'relationship',
  summary: 'Everything that touched a request, in the order in which it became known',
  description:
    'Registration, classifications, behaviours, hours logged, corrected and voided for it, extra payments proposed, answered and withdrawn, disputes, rulings and what they did, completion; with who, when and why.',
  permission: 'requests:read',
  params: { requestId: id },
  query: { ...page, knownAt: timeAxes.knownAt },
  response: z.object({
    requestId: id,
    clientId: id,
    projectId: id,
    stageId: id.nullable(),
    askedBy: name,
    channel,
    askedAt: instant,
    askedOn: derivedDate,
    words: note,
    ...requestStanding,
    loggedSeconds: z.int().min(0).meta({ description: 'Hours that count for the request now, in seconds' }),
    items: z.array(step),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    params: { requestId: 'font-change' },
    response: {
      requestId: 'font-change',
      clientId: 'flora',
      projectId: 'flora-site',
      stageId: 'landing-design',
      askedBy: 'Vera Orlova',
      channel: 'chat',
      askedAt: '2026-03-20T08:05:00.000Z',
      askedOn: '2026-03-20',
      words: 'Could you also change the font?',
      scope: 'out-of-scope',
      behaviour: null,
      result: null,
      completedOn: null,
      disputed: false,
      loggedSeconds: 7200,
      items: [
        {
          position: 70,
          recordedAt: '2026-03-20T08:10:12.418Z',
          actor: 'key:7f3a',
          reason: null,
          event: 'registered',
        },
        {
          position: 71,
          recordedAt: '2026-03-20T08:12:40.007Z',
          actor: 'key:7f3a',
          reason: null,
          event: 'classified',
          classification: {
            scope: 'out-of-scope',
            rationale: 'The contract names one typeface; this is a second one',
            contractClause: 'Annex 1, item 4',
            stageId: 'landing-design',
            classifiedOn: '2026-03-20',
            was: null,
          },
        },
        {
          position: 80,
          recordedAt: '2026-03-23T07:30:00.112Z',
          actor: 'user:boris',
          reason: null,
          event: 'extra-payment-proposed',
          extraPayment: {
            extraPaymentId: 'font-change-extra',
            amount: { minor: 1500000, currency: 'RUB' },
            on: '2026-03-23',
            by: null,
            channel: null,
            words: null,
          },
        },
        {
          position: 92,
          recordedAt: '2026-03-25T15:02:31.900Z',
          actor: 'key:7f3a',
          reason: 'Logged for the wrong day',
          event: 'hours-corrected',
          before: {
            entryId: 'entry-81',
            specialistId: 'anna',
            role: 'designer',
            stageId: 'landing-design',
            workDate: '2026-03-25',
            seconds: 7200,
            activity: 'production',
            billable: true,
            goodwill: false,
            requestId: 'font-change',
            note: null,
          },
          after: {
            entryId: 'entry-81',
            specialistId: 'anna',
            role: 'designer',
            stageId: 'landing-design',
            workDate: '2026-03-24',
            seconds: 7200,
            activity: 'production',
            billable: true,
            goodwill: false,
            requestId: 'font-change',
            note: null,
          },
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});
