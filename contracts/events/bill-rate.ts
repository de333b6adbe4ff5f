import { z } from 'zod';
import { event } from './event.ts';
import { currency, date, id, ratePerHour, role } from './values.ts';

/** Whose hours a bill rate prices, from the widest scope to the narrowest. */
export const billRateScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agency') }),
  z.strictObject({ kind: z.literal('client'), clientId: id }),
  z.strictObject({ kind: z.literal('project'), projectId: id }),
  z.strictObject({ kind: z.literal('role'), role }),
  z.strictObject({ kind: z.literal('specialist'), specialistId: id }),
]);
export type BillRateScope = z.infer<typeof billRateScope>;

/** The price of an hour within a scope from a date on; the newest of two with the same scope and date holds. */
export const billRateSet = event('BillRateSet', 1, {
  rateId: id,
  scope: billRateScope,
  effectiveFrom: date,
  ratePerHour,
  currency,
});

export const billRateEvents = [billRateSet] as const;
