import { z } from 'zod';
import { id, instant, name } from '../../events/values.ts';
import { question } from '../operation.ts';
import { nextCursor, page } from '../values.ts';

/** Kinds of things that events are found by. */
export const auditSubject = z.enum([
  'client',
  'project',
  'stage',
  'request',
  'extra-payment',
  'dispute',
  'specialist',
  'invoice',
]);
export type AuditSubject = z.infer<typeof auditSubject>;

const data = z
  .record(z.string(), z.unknown())
  .meta({ description: 'As it was recorded; what this role may not see is left out, and named in `withheld`' });

const auditEvent = z.object({
  position: z.int().meta({ description: 'Position in the log' }),
  recordedAt: instant.meta({ description: 'When it was recorded' }),
  actor: z.string().meta({ description: 'Who did it', examples: ['key:7f3a'] }),
  reason: z.string().nullable().meta({ description: 'Why, where that was said' }),
  event: z.string().meta({ description: 'What happened', examples: ['ExtraPaymentAgreed'] }),
  stream: z
    .string()
    .meta({ description: 'What it happened to', examples: ['extrapayment-northlight/font-change-extra'] }),
  revision: z.int().meta({ description: 'Its place among the events of the stream, from 0' }),
  commandKey: z.string().meta({ description: 'The Idempotency-Key of the command' }),
  data,
  before: data.nullable().meta({
    description: 'What held before, where the event replaces something: the hours as they were, the settings before',
  }),
  withheld: z.array(z.string()).meta({ description: 'Paths of values that this role may not see' }),
  leaf: z.object({
    index: z.int().meta({ description: 'Its place in the tree, from 0' }),
    hash: z.string().meta({ description: 'Base64 of the SHA-256 that was sealed' }),
  }),
});

export const listAuditEvents = question({
  operationId: 'listAuditEvents',
  path: '/v1/audit/events',
  tag: 'audit',
  summary: 'Everything that was ever recorded: who did what, when, why, and what held before; the newest first',
  description:
    'Only what the notary has sealed is listed; that is all but the last moment, and `Min-Position` waits for it. Cost rates, salaries and what follows from them are withheld from roles that may not see them.',
  permission: 'audit:read',
  query: {
    subject: auditSubject.optional().meta({ description: 'With `subjectId`: only what is about this thing' }),
    subjectId: id.optional(),
    stream: z.string().max(300).optional().meta({ description: 'Only this stream, as `stream` names it' }),
    actor: z
      .string()
      .max(300)
      .optional()
      .meta({ examples: ['key:7f3a'] }),
    event: name.optional().meta({ description: 'Only events of this name', examples: ['HoursCorrected'] }),
    commandKey: z.string().max(255).optional().meta({ description: 'Only what this command recorded' }),
    from: instant.optional().meta({ description: 'Recorded from this instant on' }),
    to: instant.optional().meta({ description: 'Recorded before this instant' }),
    ...page,
  },
  response: z.object({
    items: z.array(auditEvent),
    nextCursor,
    sealedUpTo: z.int().min(0).meta({ description: 'Log position up to which events are listed' }),
  }),
  refusals: {
    'subject-incomplete': '`subject` and `subjectId` belong together.',
    'log-damaged':
      'An event in the log is not what was sealed. Run `headroom audit`: it says where the log was tampered with.',
  },
  example: {
    query: { subject: 'request', subjectId: 'font-change', limit: '1' },
    response: {
      items: [
        {
          position: 81,
          recordedAt: '2026-03-24T09:12:40.007Z',
          actor: 'key:7f3a',
          reason: null,
          event: 'ExtraPaymentAgreed',
          stream: 'extrapayment-northlight/font-change-extra',
          revision: 1,
          commandKey: 'agree-font-change',
          data: {
            extraPaymentId: 'font-change-extra',
            requestId: 'font-change',
            amount: { minor: 1500000, currency: 'RUB' },
            agreedOn: '2026-03-24',
            agreedBy: 'Vera Orlova',
            channel: 'email',
          },
          before: null,
          withheld: ['/data/estimatedCost/minor', '/data/estimatedCost/currency'],
          leaf: { index: 80, hash: 'jFmxxoRdSk3Mpp0vwVKsTXnVqXTVtdS1lvRTAuLAVIA=' },
        },
      ],
      nextCursor: 'mZ1kQ0oV3xEWzgwXQ',
      sealedUpTo: 128,
    },
  },
});
