import { z } from 'zod';
import { date, id, reason } from '../../events/index.ts';
import { command } from '../operation.ts';
import { receipt } from '../values.ts';
import { ids } from './examples.ts';
import { posting } from './time-rules.ts';

const invoiceId = '4f1d2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e';
const paymentId = '5a1d2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e';

const postedOn = date.nullable().meta({
  description: 'The day that takes it back, when its month is closed; null when it is as if it had never been',
});

const body = z.strictObject({ reason, ...posting });

const monthRefusals = {
  'period-closed': 'The month is closed; ask for an adjustment, which takes it back in an open month.',
  'posted-before-work': 'It is taken back on its own day or after it, never before.',
};

export const voidInvoice = command({
  operationId: 'voidInvoice',
  method: 'POST',
  path: '/v1/invoices/:invoiceId/void',
  tag: 'profitability',
  summary: 'Take back an invoice that should not have been issued',
  description:
    'It stays in the log and in the list, as `void`, and counts as invoiced no more. Payments on it are voided first. An invoice of a closed month is taken back on a day of an open one, at the rate of exchange of its issue.',
  permission: 'invoices:write',
  params: { invoiceId: id },
  body,
  response: z.object({ invoiceId: id, clientId: id, postedOn, ...receipt }),
  refusals: {
    'invoice-not-found': 'There is no such invoice.',
    'invoice-voided': 'The invoice was voided before.',
    'payments-stand': 'Payments stand on the invoice; `payments` names them. Void them first.',
    ...monthRefusals,
  },
  example: {
    params: { invoiceId },
    body: { reason: 'It named the wrong client' },
    response: { invoiceId, clientId: ids.clientId, postedOn: null, revision: 2, position: 91 },
  },
});

export const voidPayment = command({
  operationId: 'voidPayment',
  method: 'POST',
  path: '/v1/invoices/:invoiceId/payments/:paymentId/void',
  tag: 'profitability',
  summary: 'Take back a payment that was recorded by mistake, or did not last',
  description:
    'The invoice is open again by what the payment gave to each of its stages. A payment of a closed month is taken back on a day of an open one, at the rate of exchange of its own day.',
  permission: 'invoices:write',
  params: { invoiceId: id, paymentId: id },
  body,
  response: z.object({ paymentId: id, invoiceId: id, postedOn, ...receipt }),
  refusals: {
    'invoice-not-found': 'There is no such invoice.',
    'payment-not-found': 'There is no such payment on the invoice.',
    'payment-voided': 'The payment was voided before.',
    ...monthRefusals,
  },
  example: {
    params: { invoiceId, paymentId },
    body: { reason: 'The bank returned it', adjustment: true },
    response: { paymentId, invoiceId, postedOn: '2026-05-04', revision: 3, position: 95 },
  },
});
