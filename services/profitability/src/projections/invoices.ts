import type {
  EventData,
  InvoiceLine,
  invoiceIssued,
  invoiceVoided,
  paymentRecorded,
  paymentVoided,
} from '@headroom/contracts/events';
import type { Handler, Needs, Rows } from '@headroom/projecting';
import type { InvoicedAmount } from '../formulas/stage-ledger.ts';
import { type InvoiceRow, invoiceTable, stageTable } from '../read-models/tables.ts';
import { stageRow } from './stages.ts';

export type InvoiceEvents = EventData<
  typeof invoiceIssued | typeof paymentRecorded | typeof invoiceVoided | typeof paymentVoided
>;

interface OfInvoice {
  readonly tenantId: string;
  readonly streamId: string;
  readonly position: number;
  readonly data: { readonly invoiceId: string; readonly lines: readonly InvoiceLine[] };
}

const needs = (wanted: Needs, { tenantId, data: { invoiceId, lines } }: OfInvoice): void => {
  wanted.row(invoiceTable, tenantId, invoiceId);
  for (const { stageId } of lines) wanted.row(stageTable, tenantId, stageId);
};

const invoiceRow = (rows: Rows, { tenantId, data: { invoiceId } }: OfInvoice): InvoiceRow => {
  const invoice = rows.edit(invoiceTable, tenantId, invoiceId);
  if (invoice === undefined) throw new Error(`something happened to the unknown invoice ${invoiceId}`);
  return invoice;
};

type Amounts = 'invoiced' | 'paid';

/** Adds to each stage what an invoice or a payment holds for it. */
const count = (rows: Rows, event: OfInvoice, to: Amounts, { id, on }: { id: string; on: string }): void => {
  for (const { stageId, amount } of event.data.lines) {
    const stage = stageRow(rows, event, stageId);
    stage.ledger[to].push({ id, on, ratedOn: on, amount });
    if (!stage.sheets.includes(event.streamId)) stage.sheets.push(event.streamId);
  }
};

/** Takes it back: altogether or, where a closed month keeps it, with a line of the opposite amount. */
const takeBack = (
  rows: Rows,
  event: OfInvoice,
  from: Amounts,
  { id, ratedOn, postedOn }: { id: string; ratedOn: string; postedOn: string | null },
): void => {
  for (const { stageId, amount } of event.data.lines) {
    const { ledger } = stageRow(rows, event, stageId);
    const back: InvoicedAmount[] =
      postedOn === null ? [] : [{ id, on: postedOn, ratedOn, amount: { ...amount, minor: -amount.minor } }];
    const kept = postedOn === null ? ledger[from].filter((each) => each.id !== id) : ledger[from];
    ledger[from] = [...kept, ...back];
  }
};

/** Payments have their ids from callers, who may give the same one on two invoices. */
const idOfPayment = ({ invoiceId, paymentId }: { readonly invoiceId: string; readonly paymentId: string }): string =>
  `${invoiceId}/${paymentId}`;

const settle = (invoice: InvoiceRow): void => {
  const paid = invoice.payments.reduce((sum, { amount, voidedOn }) => sum + (voidedOn === null ? amount.minor : 0), 0);
  invoice.status = paid >= invoice.total.minor ? 'paid' : 'open';
};

export const invoiceHandlers: {
  readonly [Type in keyof InvoiceEvents & string]: Handler<Type, InvoiceEvents[Type]>;
} = {
  InvoiceIssued: {
    needs,
    fold: (rows, event) => {
      const { tenantId, data } = event;
      rows.put(invoiceTable, { tenantId, ...data, status: 'open', payments: [] });
      count(rows, event, 'invoiced', { id: data.invoiceId, on: data.issuedOn });
    },
  },
  PaymentRecorded: {
    needs,
    fold: (rows, event) => {
      const { paymentId, amount, paidOn } = event.data;
      const invoice = invoiceRow(rows, event);
      invoice.payments = [...invoice.payments, { paymentId, amount, paidOn, voidedOn: null }];
      settle(invoice);
      count(rows, event, 'paid', { id: idOfPayment(event.data), on: paidOn });
    },
  },
  InvoiceVoided: {
    needs,
    fold: (rows, event) => {
      const { invoiceId, issuedOn, postedOn } = event.data;
      invoiceRow(rows, event).status = 'void';
      takeBack(rows, event, 'invoiced', { id: invoiceId, ratedOn: issuedOn, postedOn });
    },
  },
  PaymentVoided: {
    needs,
    fold: (rows, event) => {
      const { paymentId, paidOn, postedOn } = event.data;
      const invoice = invoiceRow(rows, event);
      const others = invoice.payments.filter((payment) => payment.paymentId !== paymentId);
      const own = invoice.payments.filter((payment) => payment.paymentId === paymentId);
      const kept = postedOn === null ? [] : own.map((payment) => ({ ...payment, voidedOn: postedOn }));
      invoice.payments = [...others, ...kept];
      settle(invoice);
      takeBack(rows, event, 'paid', { id: idOfPayment(event.data), ratedOn: paidOn, postedOn });
    },
  },
};
