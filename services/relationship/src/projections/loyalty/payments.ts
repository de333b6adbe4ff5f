import type { EventData, invoiceIssued, paymentRecorded } from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { clientInvoiceTable } from '../../read-models/loyalty/tables.ts';

type Events = EventData<typeof invoiceIssued | typeof paymentRecorded>;

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
    fold: (rows, { tenantId, data: { invoiceId, amount, paidOn } }) => {
      const row = rows.edit(clientInvoiceTable, tenantId, invoiceId);
      if (row === undefined) throw new Error(`a payment on the unknown invoice ${invoiceId}`);
      row.payments = [...row.payments, { paidOn, minor: amount.minor }];
    },
  },
};
