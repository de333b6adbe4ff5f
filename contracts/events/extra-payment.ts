import { z } from 'zod';
import { event } from './event.ts';
import { channel, date, id, name, note, positiveMoney, reason, unsignedMoney } from './values.ts';

const links = {
  extraPaymentId: id,
  /** The request that it pays for; `null` when there is no single one. */
  requestId: id.nullable(),
  stageId: id,
  projectId: id,
  clientId: id,
};

/** What a proposal or an agreement rests on. `ref` names it: an entry's or a request's id, a document's address. */
export const evidence = z.strictObject({
  kind: z.enum(['time-entry', 'request', 'interaction', 'expense', 'document']),
  ref: z.string().trim().min(1).max(500),
  note: note.nullable(),
});

export const extraPaymentProposed = event('ExtraPaymentProposed', 1, {
  ...links,
  amount: positiveMoney,
  /** What the extra work is expected to cost the agency; it moves the baseline when the payment is agreed. */
  estimatedCost: unsignedMoney,
  proposedOn: date,
  evidence: z.array(evidence).max(100),
});

export const extraPaymentAgreed = event('ExtraPaymentAgreed', 1, {
  ...links,
  /** What the client agreed to pay: the amount proposed, or less. */
  amount: positiveMoney,
  estimatedCost: unsignedMoney,
  agreedOn: date,
  /** Who agreed, for the client. */
  agreedBy: name,
  channel,
  evidence: z.array(evidence).max(100),
});

export const extraPaymentDeclined = event('ExtraPaymentDeclined', 1, {
  ...links,
  /** The amount that was proposed. */
  amount: positiveMoney,
  declinedOn: date,
  /** Who declined, for the client. */
  declinedBy: name,
  words: reason.nullable(),
});

/** The agency takes its proposal back before the client has answered. */
export const extraPaymentWithdrawn = event('ExtraPaymentWithdrawn', 1, {
  ...links,
  /** The amount that was proposed. */
  amount: positiveMoney,
  withdrawnOn: date,
});

export const extraPaymentEvents = [
  extraPaymentProposed,
  extraPaymentAgreed,
  extraPaymentDeclined,
  extraPaymentWithdrawn,
] as const;
