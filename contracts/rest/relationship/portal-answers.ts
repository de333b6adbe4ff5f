import { z } from 'zod';
import { date, id, name, note, positiveMoney, reason } from '../../events/index.ts';
import { command } from '../operation.ts';
import { receipt } from '../values.ts';

const notConfigured = 'The agency has not been configured yet, so its time zone is not known.';
const unanswerable = {
  'agency-not-configured': notConfigured,
  'extra-payment-not-found': 'No such extra payment was proposed.',
  'already-agreed': 'It has been agreed to already.',
  'already-declined': 'It has been declined already.',
  'already-withdrawn': 'The agency has withdrawn it.',
  'before-proposal': 'The proposal is dated later than today.',
} as const;

const params = { extraPaymentId: id };
const answered = { extraPaymentId: id, requestId: id.nullable(), stageId: id, projectId: id, amount: positiveMoney };
const answeredExample = {
  extraPaymentId: 'font-change-extra',
  requestId: 'font-change',
  stageId: 'landing-design',
  projectId: 'flora-site',
  amount: { minor: 1500000, currency: 'RUB' },
};

export const acceptExtraPayment = command({
  operationId: 'acceptExtraPayment',
  method: 'POST',
  path: '/v1/portal/extra-payments/:extraPaymentId/acceptance',
  tag: 'relationship',
  summary: 'Client portal: agree to an extra payment as it was proposed',
  description: 'The instant and the key are kept with the agreement, beside the name of who agreed.',
  permission: 'portal:answer',
  params,
  body: z.strictObject({ agreedBy: name.meta({ description: 'Who agrees', examples: ['Vera Orlova'] }) }),
  response: z.object({ ...answered, agreedOn: date, agreedBy: name, ...receipt }),
  refusals: unanswerable,
  example: {
    params: { extraPaymentId: 'font-change-extra' },
    body: { agreedBy: 'Vera Orlova' },
    response: { ...answeredExample, agreedOn: '2026-03-24', agreedBy: 'Vera Orlova', revision: 1, position: 81 },
  },
});

export const refuseExtraPayment = command({
  operationId: 'refuseExtraPayment',
  method: 'POST',
  path: '/v1/portal/extra-payments/:extraPaymentId/refusal',
  tag: 'relationship',
  summary: 'Client portal: decline an extra payment',
  permission: 'portal:answer',
  params,
  body: z.strictObject({
    declinedBy: name.meta({ examples: ['Vera Orlova'] }),
    words: reason.optional().meta({ examples: ['Not in this quarter'] }),
  }),
  response: z.object({ ...answered, declinedOn: date, declinedBy: name, ...receipt }),
  refusals: unanswerable,
  example: {
    params: { extraPaymentId: 'font-change-extra' },
    body: { declinedBy: 'Vera Orlova', words: 'Not in this quarter' },
    response: { ...answeredExample, declinedOn: '2026-03-24', declinedBy: 'Vera Orlova', revision: 1, position: 81 },
  },
});

export const raisePortalDispute = command({
  operationId: 'raisePortalDispute',
  method: 'POST',
  path: '/v1/portal/requests/:requestId/disputes',
  tag: 'relationship',
  summary: 'Client portal: dispute a request, its scope or its price',
  description: 'An arbiter from outside the team rules on it.',
  permission: 'portal:answer',
  status: 201,
  params: { requestId: id },
  body: z.strictObject({
    raisedBy: name.meta({ examples: ['Vera Orlova'] }),
    words: note.meta({ examples: ['The brief asked for two fonts from the start'] }),
  }),
  response: z.object({ disputeId: id, requestId: id, projectId: id, disputedOn: date, words: note, ...receipt }),
  refusals: {
    'agency-not-configured': notConfigured,
    'request-not-found': 'There is no such request.',
    'dispute-open': 'The request is disputed already; that dispute must be ruled on first.',
    'dispute-exists': 'The request had a dispute with this id before.',
    'before-request': 'The request is dated later than today.',
  },
  example: {
    params: { requestId: 'font-change' },
    body: { raisedBy: 'Vera Orlova', words: 'The brief asked for two fonts from the start' },
    response: {
      disputeId: '3b5c7a90-7e1f-8a2d-9c40-5d2f1b6a8e73',
      requestId: 'font-change',
      projectId: 'flora-site',
      disputedOn: '2026-03-27',
      words: 'The brief asked for two fonts from the start',
      revision: 2,
      position: 96,
    },
  },
});
