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

export const invoiceEvents = [invoiceIssued, paymentRecorded] as const;
