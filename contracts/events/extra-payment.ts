import { z } from 'zod';
import { event } from './event.ts';
import { channel, date, id, money, name, note, reason } from './values.ts';

const links = {
  extraPaymentId: id,
  requestId: id.nullable(),
  stageId: id,
  projectId: id,
  clientId: id,
};

/** What a proposal or an agreement rests on. */
export const evidence = z.strictObject({
  kind: z.enum(['time-entry', 'request', 'interaction', 'expense', 'document']),
  ref: z.string().min(1).max(200),
  note: note.nullable(),
});

export const extraPaymentProposed = event('ExtraPaymentProposed', 1, {
  ...links,
  amount: money,
  /** What the extra work is expected to cost the agency; it moves the baseline when the payment is agreed. */
  estimatedCost: money,
  proposedOn: date,
  evidence: z.array(evidence).max(100),
});

export const extraPaymentAgreed = event('ExtraPaymentAgreed', 1, {
  ...links,
  amount: money,
  estimatedCost: money,
  agreedOn: date,
  agreedBy: name,
  channel,
  evidence: z.array(evidence).max(100),
});

export const extraPaymentDeclined = event('ExtraPaymentDeclined', 1, {
  ...links,
  amount: money,
  declinedOn: date,
  declinedBy: name,
  words: reason.nullable(),
});

export const extraPaymentEvents = [extraPaymentProposed, extraPaymentAgreed, extraPaymentDeclined] as const;
