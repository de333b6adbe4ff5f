import { accept, type Decision, monthOf, refuse } from '@headroom/kernel';
import type { InvoiceEvent } from '../events/streams.ts';
import type { Invoice } from './invoice.ts';
import { type Books, type Posting, type PostingRefusal, postedOnOf } from './timesheet-rules.ts';

export type VoidInvoiceRefusal = 'invoice-not-found' | 'invoice-voided' | 'payments-stand' | PostingRefusal;

/** An invoice is voided once nothing is paid on it; one of a closed month is taken back in an open one, if asked for. */
export const decideVoidInvoice = (
  posting: Posting,
  { issued, voided, payments }: Invoice,
  books: Books,
): Decision<InvoiceEvent, VoidInvoiceRefusal> => {
  if (issued === undefined) return refuse('invoice-not-found');
  if (voided) return refuse('invoice-voided');
  const standing = [...payments].filter(([, payment]) => payment !== 'voided').map(([paymentId]) => paymentId);
  if (standing.length > 0) return refuse('payments-stand', { payments: standing });
  const posted = postedOnOf(issued.issuedOn, posting, books);
  if ('refused' in posted) return refuse(posted.refused, { month: monthOf(issued.issuedOn) });
  const { invoiceId, clientId, lines, issuedOn } = issued;
  return accept({ type: 'InvoiceVoided', data: { invoiceId, clientId, lines, issuedOn, ...posted } });
};

export type VoidPaymentRefusal = 'invoice-not-found' | 'payment-not-found' | 'payment-voided' | PostingRefusal;

/** What a payment gave to each stage is owed again. */
export const decideVoidPayment = (
  { paymentId, ...posting }: Posting & { readonly paymentId: string },
  { issued, payments }: Invoice,
  books: Books,
): Decision<InvoiceEvent, VoidPaymentRefusal> => {
  if (issued === undefined) return refuse('invoice-not-found');
  const payment = payments.get(paymentId);
  if (payment === undefined) return refuse('payment-not-found');
  if (payment === 'voided') return refuse('payment-voided');
  const posted = postedOnOf(payment.paidOn, posting, books);
  if ('refused' in posted) return refuse(posted.refused, { month: monthOf(payment.paidOn) });
  const { invoiceId, clientId, lines, paidOn } = payment;
  return accept({ type: 'PaymentVoided', data: { paymentId, invoiceId, clientId, lines, paidOn, ...posted } });
};
