import { z } from 'zod';
import { derivedDate } from './derived-values.ts';
import { event } from './event.ts';
import { channel, date, id, instant, name, note, positiveMoney, reason, unsignedMoney } from './values.ts';

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

/**
 * Evidence with what it said when the payment was proposed: of a time entry its hours and its day, of a request the
 * hours logged for it, of a contact its length. What somebody said in it stays where it was said, so that it is gone
 * with the person. `null`: it is kept elsewhere, and was not looked at.
 */
export const shownEvidence = evidence.extend({
  shown: z
    .strictObject({
      stageId: id.nullable(),
      on: derivedDate,
      at: instant.nullable(),
      seconds: z.int().min(0).nullable(),
    })
    .nullable(),
});

/** A document that proves an agreement: where it is kept, and the SHA-256 of its bytes. */
export const attachment = z.strictObject({
  ref: z.string().trim().min(1).max(500),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 is 64 lower-case hexadecimal digits'),
});

export const extraPaymentProposed = event('ExtraPaymentProposed', 2, {
  ...links,
  amount: positiveMoney,
  /** What the extra work is expected to cost the agency; it moves the baseline when the payment is agreed. */
  estimatedCost: unsignedMoney,
  proposedOn: date,
  evidence: z.array(shownEvidence).max(100),
});

export const extraPaymentAgreed = event('ExtraPaymentAgreed', 2, {
  ...links,
  /** What the client agreed to pay: the amount proposed, or less. */
  amount: positiveMoney,
  estimatedCost: unsignedMoney,
  agreedOn: date,
  /** Who agreed, for the client. */
  agreedBy: name,
  channel,
  evidence: z.array(evidence).max(100),
  /** The instant of the agreement, when it is known as closely. */
  agreedAt: instant.nullable(),
  attachment: attachment.nullable(),
  /** The key of the client portal with which the client agreed; `null`: the agency took it down. */
  portalKey: id.nullable(),
  /** The dispute whose ruling made the payment due; `null`: the client agreed to it. */
  disputeId: id.nullable(),
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
