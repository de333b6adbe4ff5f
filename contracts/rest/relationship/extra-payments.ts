import { z } from 'zod';
import {
  attachment,
  channel,
  date,
  evidence,
  id,
  instant,
  name,
  note,
  positiveMoney,
  reason,
  shownEvidence,
  unsignedMoney,
} from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';

const payment = {
  extraPaymentId: id,
  requestId: id.nullable(),
  stageId: id,
  projectId: id,
  clientId: id,
  amount: positiveMoney,
};

const evidenceList = z
  .array(evidence.extend({ note: note.nullable().default(null) }))
  .max(100)
  .default([])
  .meta({ description: 'What it rests on: ids of entries, requests, contacts and expenses, or a document’s address' });

const agreementProof = { agreedAt: instant.nullable(), attachment: attachment.nullable() };
const proofExample = {
  ref: 'https://mail.example.com/flora/2026-03-24',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

const decided = {
  'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
  'extra-payment-not-found': 'No such extra payment was proposed.',
  'already-agreed': 'The client has agreed to it already.',
  'already-declined': 'The client has declined it already; propose another one.',
  'already-withdrawn': 'The agency has withdrawn it; propose another one.',
  'before-proposal': 'The client cannot have answered before the day of the proposal.',
} as const;

export const proposeExtraPayment = command({
  operationId: 'proposeExtraPayment',
  method: 'POST',
  path: '/v1/extra-payments',
  tag: 'relationship',
  summary: 'Propose an extra payment for a stage to the client',
  description:
    'It adds to the stage’s revenue, and to its baseline, only once the client has agreed. Time entries, requests and contacts that are given as evidence are looked up, and what they say is kept with the proposal.',
  permission: 'extra-payments:write',
  status: 201,
  body: z.strictObject({
    extraPaymentId: id.optional().meta({ description: 'The caller’s own id; one is made when absent' }),
    stageId: id,
    requestId: id.optional().meta({ description: 'The request that it pays for, if there is a single one' }),
    amount: positiveMoney,
    estimatedCost: unsignedMoney
      .optional()
      .meta({ description: 'What the extra work will cost the agency; zero when absent: all of it is done already' }),
    proposedOn: date.optional().meta({ description: 'Today when absent' }),
    evidence: evidenceList,
    reason: optionalReason,
  }),
  response: z.object({
    ...payment,
    estimatedCost: unsignedMoney,
    proposedOn: date,
    evidence: z.array(shownEvidence).meta({ description: 'With what it said when the payment was proposed' }),
    ...receipt,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'stage-not-found': 'There is no such stage.',
    'request-not-found': 'There is no such request.',
    'request-of-another-project': 'The request belongs to another project than the stage.',
    'currency-mismatch': 'An extra payment is in the currency of the stage’s fee.',
    'extra-payment-exists': 'An extra payment with this id was proposed before.',
    'evidence-not-found': 'A time entry, request or contact given as evidence does not exist (any more).',
    'evidence-of-another-stage': 'A time entry or request given as evidence belongs to another stage.',
  },
  example: {
    body: {
      extraPaymentId: 'font-change-extra',
      stageId: 'landing-design',
      requestId: 'font-change',
      amount: { minor: 1500000, currency: 'RUB' },
      proposedOn: '2026-03-23',
      evidence: [{ kind: 'request', ref: 'font-change' }],
    },
    response: {
      extraPaymentId: 'font-change-extra',
      requestId: 'font-change',
      stageId: 'landing-design',
      projectId: 'flora-site',
      clientId: 'flora',
      amount: { minor: 1500000, currency: 'RUB' },
      estimatedCost: { minor: 0, currency: 'RUB' },
      proposedOn: '2026-03-23',
      evidence: [
        {
          kind: 'request',
          ref: 'font-change',
          note: null,
          shown: {
            stageId: 'landing-design',
            on: '2026-03-20',
            at: '2026-03-20T11:05:00+03:00',
            seconds: 7200,
          },
        },
      ],
      revision: 0,
      position: 80,
    },
  },
});

export const agreeExtraPayment = command({
  operationId: 'agreeExtraPayment',
  method: 'POST',
  path: '/v1/extra-payments/:extraPaymentId/agreement',
  tag: 'relationship',
  summary: 'Record that the client agreed to an extra payment',
  permission: 'extra-payments:write',
  params: { extraPaymentId: id },
  body: z.strictObject({
    agreedBy: name.meta({ description: 'Who agreed, for the client', examples: ['Vera Orlova'] }),
    channel,
    amount: positiveMoney.optional().meta({ description: 'What was agreed, when it is less than what was proposed' }),
    agreedOn: date.optional().meta({ description: 'The day of `agreedAt`, or today, when absent' }),
    agreedAt: instant.optional().meta({ description: 'The very moment, when it is known' }),
    attachment: attachment.optional().meta({ description: 'Where the proof is kept, and the SHA-256 of its bytes' }),
    evidence: evidenceList,
    reason: optionalReason,
  }),
  response: z.object({ ...payment, agreedOn: date, agreedBy: name, channel, ...agreementProof, ...receipt }),
  refusals: {
    ...decided,
    'currency-mismatch': 'The agreed amount is in another currency than the proposal.',
    'date-mismatch': 'The day and the instant of the agreement are not the same day where the agency is.',
    'above-proposal': 'More than was proposed cannot have been agreed; propose the larger amount.',
  },
  example: {
    params: { extraPaymentId: 'font-change-extra' },
    body: {
      agreedBy: 'Vera Orlova',
      channel: 'email',
      agreedAt: '2026-03-24T13:40:00+03:00',
      attachment: proofExample,
    },
    response: {
      extraPaymentId: 'font-change-extra',
      requestId: 'font-change',
      stageId: 'landing-design',
      projectId: 'flora-site',
      clientId: 'flora',
      amount: { minor: 1500000, currency: 'RUB' },
      agreedOn: '2026-03-24',
      agreedBy: 'Vera Orlova',
      channel: 'email',
      agreedAt: '2026-03-24T13:40:00+03:00',
      attachment: proofExample,
      revision: 1,
      position: 81,
    },
  },
});

export const declineExtraPayment = command({
  operationId: 'declineExtraPayment',
  method: 'POST',
  path: '/v1/extra-payments/:extraPaymentId/decline',
  tag: 'relationship',
  summary: 'Record that the client declined an extra payment',
  permission: 'extra-payments:write',
  params: { extraPaymentId: id },
  body: z.strictObject({
    declinedBy: name.meta({ description: 'Who declined, for the client', examples: ['Vera Orlova'] }),
    declinedOn: date.optional().meta({ description: 'Today when absent' }),
    words: reason.optional().meta({ description: 'What the client said', examples: ['Not in this quarter'] }),
    reason: optionalReason,
  }),
  response: z.object({ ...payment, declinedOn: date, declinedBy: name, ...receipt }),
  refusals: decided,
  example: {
    params: { extraPaymentId: 'font-change-extra' },
    body: { declinedBy: 'Vera Orlova', declinedOn: '2026-03-24', words: 'Not in this quarter' },
    response: {
      extraPaymentId: 'font-change-extra',
      requestId: 'font-change',
      stageId: 'landing-design',
      projectId: 'flora-site',
      clientId: 'flora',
      amount: { minor: 1500000, currency: 'RUB' },
      declinedOn: '2026-03-24',
      declinedBy: 'Vera Orlova',
      revision: 1,
      position: 81,
    },
  },
});

export const withdrawExtraPayment = command({
  operationId: 'withdrawExtraPayment',
  method: 'POST',
  path: '/v1/extra-payments/:extraPaymentId/withdrawal',
  tag: 'relationship',
  summary: 'Take a proposed extra payment back before the client has answered',
  permission: 'extra-payments:write',
  params: { extraPaymentId: id },
  body: z.strictObject({
    withdrawnOn: date.optional().meta({ description: 'Today when absent' }),
    reason: reason.meta({ description: 'Why it is taken back', examples: ['Done as a favour after all'] }),
  }),
  response: z.object({ ...payment, withdrawnOn: date, ...receipt }),
  refusals: decided,
  example: {
    params: { extraPaymentId: 'font-change-extra' },
    body: { withdrawnOn: '2026-03-25', reason: 'Done as a favour after all' },
    response: {
      extraPaymentId: 'font-change-extra',
      requestId: 'font-change',
      stageId: 'landing-design',
      projectId: 'flora-site',
      clientId: 'flora',
      amount: { minor: 1500000, currency: 'RUB' },
      withdrawnOn: '2026-03-25',
      revision: 1,
      position: 82,
    },
  },
});
