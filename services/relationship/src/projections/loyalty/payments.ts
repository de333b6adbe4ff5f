import type {
  EventData,
  invoiceIssued,
  invoiceVoided,
  paymentRecorded,
  paymentVoided,
} from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { clientInvoiceTable } from '../../read-models/loyalty/tables.ts';

type Events = EventData<typeof invoiceIssued | typeof paymentRecorded | typeof invoiceVoided | typeof paymentVoided>;

/** Invoices and when they were paid. */
export const paymentHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  InvoiceIssued: {
    fold: (rows, { tenantId, data: { invoiceId, clientId, total, issuedOn, dueOn } }) =>
      rows.put(clientInvoiceTable, {
        tenantId,
        invoiceId,
        clientId,
        currency: total.currency,
        totalMinor: total.minor,
        issuedOn,
        dueOn,
        payments: [],
      }),
  },
  PaymentRecorded: {
    needs: (needs, { tenantId, data }) => needs.row(clientInvoiceTable, tenantId, data.invoiceId),
    fold: (rows, { tenantId, data: { invoiceId, paymentId, amount, paidOn } }) => {
      const row = rows.edit(clientInvoiceTable, tenantId, invoiceId);
      if (row === undefined) throw new Error(`a payment on the unknown invoice ${invoiceId}`);
      row.payments = [...row.payments, { paymentId, paidOn, minor: amount.minor }];
    },
  },
  // What was taken back says nothing of how a client pays, in whichever month the books take it back.
  InvoiceVoided: {
    needs: (needs, { tenantId, data }) => needs.row(clientInvoiceTable, tenantId, data.invoiceId),
    fold: (rows, { tenantId, data: { invoiceId } }) => rows.remove(clientInvoiceTable, tenantId, invoiceId),
  },
  PaymentVoided: {
    needs: (needs, { tenantId, data }) => needs.row(clientInvoiceTable, tenantId, data.invoiceId),
    fold: (rows, { tenantId, data: { invoiceId, paymentId } }) => {
      const row = rows.edit(clientInvoiceTable, tenantId, invoiceId);
      if (row === undefined) throw new Error(`a payment on the unknown invoice ${invoiceId}`);
      row.payments = row.payments.filter((payment) => payment.paymentId !== paymentId);
    },
  },
};
