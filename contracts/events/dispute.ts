import { z } from 'zod';
import { event } from './event.ts';
import { channel, date, id, name, note, positiveMoney, unsignedMoney } from './values.ts';

/** A dispute stands in the stream of the request that it is about; a request has one open dispute at most. */
const links = { disputeId: id, requestId: id, clientId: id, projectId: id, stageId: id.nullable() };

export const side = z.enum(['client', 'agency']);
export type Side = z.infer<typeof side>;

export const requestDisputed = event('RequestDisputed', 1, {
  ...links,
  /** Whose view is disputed by whom: the side that raised it. */
  side,
  raisedBy: name,
  channel,
  disputedOn: date,
  /** What is disputed, in the words of who raised it. */
  words: note,
  /** The key of the client portal with which the client raised it; `null`: the agency took it down. */
  portalKey: id.nullable(),
});

/** The newest arbiter holds. */
export const arbiterAssigned = event('ArbiterAssigned', 1, {
  ...links,
  /** A specialist who is not on the project's team. */
  arbiterId: id,
  assignedOn: date,
});

const adjustmentId = id;

/** What a ruling has done to money and hours. It is carried out after the ruling, under keys made of these ids. */
export const rulingAdjustment = z.discriminatedUnion('kind', [
  z.strictObject({ adjustmentId, kind: z.literal('write-off'), stageId: id, amount: positiveMoney }),
  z.strictObject({
    adjustmentId,
    kind: z.literal('extra-payment'),
    stageId: id,
    amount: positiveMoney,
    estimatedCost: unsignedMoney,
  }),
  /** An entry becomes work done free of charge, on purpose. */
  z.strictObject({ adjustmentId, kind: z.literal('goodwill'), entryId: id }),
]);
export type RulingAdjustment = z.infer<typeof rulingAdjustment>;

export const inFavourOf = z.enum(['client', 'agency', 'both']);

export const disputeRuled = event('DisputeRuled', 1, {
  ...links,
  arbiterId: id,
  ruledOn: date,
  inFavourOf,
  /** What was ruled, and on what ground. */
  ruling: note,
  adjustments: z.array(rulingAdjustment).max(20),
});

export const adjustmentKind = z.enum(['write-off', 'extra-payment', 'goodwill']);

/** What became of one adjustment of a ruling. */
export const rulingAdjustmentSettled = event('RulingAdjustmentSettled', 1, {
  ...links,
  adjustmentId,
  kind: adjustmentKind,
  outcome: z.enum(['posted', 'refused']),
  /** The write-off, the extra payment or the entry. */
  ref: id,
  /** Why it could not be posted; `null` when it was. */
  refusedWith: z.string().max(100).nullable(),
});

export const disputeEvents = [requestDisputed, arbiterAssigned, disputeRuled, rulingAdjustmentSettled] as const;
