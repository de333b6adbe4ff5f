import { z } from 'zod';
import { attachment, channel, date, id, instant, name, shownEvidence } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, shownMoney, timeAxes } from '../values.ts';

const extraPaymentStatus = z.enum(['proposed', 'agreed', 'declined', 'withdrawn']);

const payment = {
  extraPaymentId: id,
  requestId: id.nullable(),
  stageId: id,
  projectId: id,
  clientId: id,
  status: extraPaymentStatus,
  proposed: shownMoney,
  agreed: shownMoney,
  proposedOn: date,
  answeredOn: date.nullable(),
  answeredBy: name.nullable().meta({ description: 'Who answered, for the client' }),
  channel: channel.nullable(),
  agreedAt: instant.nullable(),
  attachment: attachment.nullable(),
  throughPortal: z.boolean(),
  disputeId: id.nullable().meta({ description: 'The dispute whose ruling made it due' }),
  withdrawnOn: date.nullable(),
};

const example = {
  extraPaymentId: 'font-change-extra',
  requestId: 'font-change',
  stageId: 'landing-design',
  projectId: 'flora-site',
  clientId: 'flora',
  status: 'agreed' as const,
  proposed: { minor: 1500000, currency: 'RUB' },
  agreed: { minor: 1500000, currency: 'RUB' },
  proposedOn: '2026-03-23',
  answeredOn: '2026-03-24',
  answeredBy: 'Vera Orlova',
  channel: 'email' as const,
  agreedAt: '2026-03-24T13:40:00+03:00',
  attachment: null,
  throughPortal: false,
  disputeId: null,
  withdrawnOn: null,
};

export const listExtraPayments = question({
  operationId: 'listExtraPayments',
  path: '/v1/extra-payments',
  tag: 'relationship',
  summary: 'Extra payments and their answers, the newest first',
  permission: 'requests:read',
  query: {
    clientId: id.optional(),
    projectId: id.optional(),
    stageId: id.optional(),
    requestId: id.optional(),
    status: extraPaymentStatus.optional(),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({ items: z.array(z.object(payment)), nextCursor, knownAt: provenance.knownAt }),
  example: { query: { stageId: 'landing-design' }, response: { items: [example], nextCursor: null, knownAt: 128 } },
});

export const getExtraPayment = question({
  operationId: 'getExtraPayment',
  path: '/v1/extra-payments/:extraPaymentId',
  tag: 'relationship',
  summary: 'One extra payment with its evidence',
  permission: 'requests:read',
  params: { extraPaymentId: id },
  query: { knownAt: timeAxes.knownAt },
  response: z.object({ ...payment, evidence: z.array(shownEvidence), knownAt: provenance.knownAt }),
  example: {
    params: { extraPaymentId: 'font-change-extra' },
    response: {
      ...example,
      evidence: [
        {
          kind: 'time-entry',
          ref: 'entry-81',
          note: null,
          shown: { stageId: 'landing-design', on: '2026-03-20', at: null, seconds: 7200 },
        },
      ],
      knownAt: 128,
    },
  },
});
