import type { EventData, InvoiceLine, invoiceIssued, paymentRecorded } from '@headroom/contracts/events';
import type { Handler, Needs } from '@headroom/projecting';
import { invoiceTable, stageTable } from '../read-models/tables.ts';
import { stageRow } from './stages.ts';

export type InvoiceEvents = EventData<typeof invoiceIssued | typeof paymentRecorded>;

const needStages = (wanted: Needs, tenantId: string, lines: readonly InvoiceLine[]) => {
  for (const { stageId } of lines) wanted.row(stageTable, tenantId, stageId);
};

const sumOf = (payments: readonly { readonly amount: { readonly minor: number } }[]): number =>
  payments.reduce((sum, { amount }) => sum + amount.minor, 0);

export const invoiceHandlers: {
  readonly [Type in keyof InvoiceEvents & string]: Handler<Type, InvoiceEvents[Type]>;
} = {
  InvoiceIssued: {
    needs: (wanted, { tenantId, data: { lines } }) => needStages(wanted, tenantId, lines),
    fold: (rows, { tenantId, position, data }) => {
      rows.put(invoiceTable, { tenantId, ...data, status: 'open', payments: [] });
      for (const { stageId, amount } of data.lines) {
        const { ledger } = stageRow(rows, { tenantId, position }, stageId);
        ledger.invoiced.push({ id: data.invoiceId, on: data.issuedOn, amount });
      }
    },
  },
  PaymentRecorded: {
    needs: (wanted, { tenantId, data: { invoiceId, lines } }) => {
      wanted.row(invoiceTable, tenantId, invoiceId);
      needStages(wanted, tenantId, lines);
    },
    fold: (rows, { tenantId, position, data: { invoiceId, paymentId, amount, paidOn, lines } }) => {
      const invoice = rows.edit(invoiceTable, tenantId, invoiceId);
      if (invoice === undefined) throw new Error(`a payment on the unknown invoice ${invoiceId}`);
      invoice.payments = [...invoice.payments, { paymentId, amount, paidOn }];
      if (sumOf(invoice.payments) >= invoice.total.minor) invoice.status = 'paid';
      for (const { stageId, amount: part } of lines) {
        const { ledger } = stageRow(rows, { tenantId, position }, stageId);
        ledger.paid.push({ id: paymentId, on: paidOn, amount: part });
      }
    },
  },
};
