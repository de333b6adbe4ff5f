import { z } from 'zod';
import { date, id, instant, reason, subjectId, subjectKind } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, page, receipt } from '../values.ts';

const subject = z
  .object({
    subjectId,
    kind: subjectKind,
    name: z.string().nullable().meta({ description: 'Null for `contacts`; `[erased]` when it is gone' }),
    specialistId: id.nullable(),
    clientId: id.nullable(),
    since: instant.meta({ description: 'Since when personal data is held' }),
    erasedAt: instant.nullable().meta({ description: 'When it was erased; null while it is held' }),
  })
  .meta({ id: 'Subject' });

const pyotr = {
  subjectId: 'contact:0f3b6c1d2e4a59788c21',
  kind: 'contact' as const,
  name: 'Head of marketing',
  specialistId: null,
  clientId: 'butovo-bricks',
  since: '2026-03-16T09:30:00.000Z',
  erasedAt: null,
};

export const listSubjects = question({
  operationId: 'listSubjects',
  path: '/v1/subjects',
  tag: 'agency',
  summary: 'The people whose personal data is held',
  description:
    'Specialists; people on a client’s side whom requests and extra payments name (`contact`); and, for notes of contacts that name nobody, whoever speaks for the client (`contacts`).',
  permission: 'subjects:read',
  query: {
    kind: subjectKind.optional(),
    clientId: id.optional(),
    status: z.enum(['held', 'erased']).optional(),
    ...page,
  },
  response: z.object({ items: z.array(subject), nextCursor }),
  example: { query: { clientId: 'butovo-bricks' }, response: { items: [pyotr], nextCursor: null } },
});

export const exportSubject = question({
  operationId: 'exportSubject',
  path: '/v1/subjects/:subjectId/export',
  tag: 'agency',
  summary: 'Everything that is held on a person, for the person to take along',
  description:
    'The events that tell of the person, in log order; of a specialist also the hours, rates and projects. Texts about other people are left out.',
  permission: 'subjects:read',
  params: { subjectId },
  query: page,
  response: z.object({
    subject,
    items: z.array(
      z.object({
        position: z.int().min(1),
        recordedAt: instant,
        event: z.string().meta({ examples: ['ClientRequestRegistered'] }),
        data: z.record(z.string(), z.unknown()),
        reason: z.string().nullable(),
        actor: z.string(),
      }),
    ),
    nextCursor,
  }),
  example: {
    params: { subjectId: pyotr.subjectId },
    response: {
      subject: pyotr,
      items: [
        {
          position: 31,
          recordedAt: '2026-03-16T09:30:00.000Z',
          event: 'ClientRequestRegistered',
          data: { requestId: 'font', askedBy: 'Head of marketing', words: 'Could you also change the font?' },
          reason: null,
          actor: 'key:0198c0de-0000-7000-8000-000000000001',
        },
      ],
      nextCursor: null,
    },
  },
});

export const eraseSubject = command({
  operationId: 'eraseSubject',
  method: 'POST',
  path: '/v1/subjects/:subjectId/erasure',
  tag: 'agency',
  summary: 'Erase a person’s data for good',
  description:
    'The key of the data is destroyed: names and words read `[erased]` from then on, in every answer, also in those about the past. Figures, proofs and the events themselves stay as they are. It cannot be taken back.',
  permission: 'subjects:erase',
  params: { subjectId },
  body: z.strictObject({ reason }),
  response: z.object({ subjectId, erasedOn: date, ...receipt }),
  refusals: {
    'subject-not-found': 'No personal data of such a person is held.',
    'subject-erased': 'The person was erased before.',
    'subject-recorded-in-clear':
      'The person was recorded before personal data was encrypted; the log cannot let go of it.',
    'specialist-active': 'The specialist still works here: deactivate first, and erase after the last day.',
  },
  example: {
    params: { subjectId: 'specialist:anna' },
    body: { reason: 'Asked for it by letter of 10 July' },
    response: { subjectId: 'specialist:anna', erasedOn: '2026-07-15', revision: 0, position: 412 },
  },
});
