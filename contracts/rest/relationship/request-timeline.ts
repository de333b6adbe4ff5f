import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { activity, channel, date, id, instant, name, note, reason, requestScope, role } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, shownMoney, timeAxes } from '../values.ts';

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
  ]),
  classification: z
    .object({
      scope: requestScope,
      rationale: reason,
      contractClause: note.nullable(),
      stageId: id.nullable(),
      classifiedOn: date,
    })
    .optional(),
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
    'Registration, classifications, hours logged, corrected and voided for it, and extra payments proposed and answered; with who, when and why.',
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
    scope: requestScope.nullable().meta({ description: 'Of the newest classification' }),
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
