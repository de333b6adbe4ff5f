import { z } from 'zod';
import { event } from './event.ts';
import { date, externalRef, id, name, positiveMoney } from './values.ts';

/** What an invoice asks for a stage, or what a payment gave for it. */
export const invoiceLine = z.strictObject({ stageId: id, projectId: id, amount: positiveMoney });
export type InvoiceLine = z.infer<typeof invoiceLine>;

/** Amounts are net of VAT, as revenue is; all in one currency. */
export const invoiceIssued = event('InvoiceIssued', 1, {
  invoiceId: id,
  /** The number printed on it. */
  number: name.nullable(),
  clientId: id,
  lines: z.array(invoiceLine).min(1).max(200),
  total: positiveMoney,
  issuedOn: date,
  dueOn: date,
  externalRef: externalRef.nullable(),
});

/** `lines` share the amount among the stages by what each still owed; a stage of which nothing was paid has none. */
export const paymentRecorded = event('PaymentRecorded', 1, {
  paymentId: id,
  invoiceId: id,
  clientId: id,
  amount: positiveMoney,
  lines: z.array(invoiceLine).min(1).max(200),
  paidOn: date,
  externalRef: externalRef.nullable(),
});

/**
 * An invoice that should not have been issued. Without `postedOn` it is as if it had never been; with it the month of its
 * issue is closed and keeps it, and the figures take it back on that day of an open month.
 */
export const invoiceVoided = event('InvoiceVoided', 1, {
  invoiceId: id,
  clientId: id,
  lines: z.array(invoiceLine).min(1).max(200),
  issuedOn: date,
  postedOn: date.nullable(),
});

/** A payment that was recorded by mistake, or did not last; `postedOn` as for an invoice. */
export const paymentVoided = event('PaymentVoided', 1, {
  paymentId: id,
  invoiceId: id,
  clientId: id,
  lines: z.array(invoiceLine).min(1).max(200),
  paidOn: date,
  postedOn: date.nullable(),
});

export const invoiceEvents = [invoiceIssued, paymentRecorded, invoiceVoided, paymentVoided] as const;
