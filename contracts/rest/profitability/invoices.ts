import { z } from 'zod';
import { currency, date, externalRef, id, MAX_MINOR, name, positiveMoney } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, receipt, timeAxes } from '../values.ts';
import { ids, rub } from './examples.ts';

const invoiceId = '4f1d2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e';
const MAX_LINES = 200;

const shownLine = z.object({ stageId: id, projectId: id, amount: positiveMoney });
const lineExample = { stageId: ids.stageId, projectId: ids.projectId, amount: rub(10_000_000) };

export const issueInvoice = command({
  operationId: 'issueInvoice',
  method: 'POST',
  path: '/v1/invoices',
  tag: 'profitability',
  summary: 'Record an invoice to a client, stage by stage',
  description:
    'Amounts are net of VAT, as all revenue is. An invoice in another currency counts at the rate of exchange of the day of its issue, a payment at that of its own day.',
  permission: 'invoices:write',
  status: 201,
  body: z
    .strictObject({
      invoiceId: id.optional(),
      number: name.optional().meta({ description: 'The number printed on it', examples: ['2026-041'] }),
      currency,
      lines: z
        .array(
          z.strictObject({
            stageId: id,
            amountMinor: z
              .int()
              .positive()
              .max(MAX_MINOR / MAX_LINES),
          }),
        )
        .min(1)
        .max(MAX_LINES)
        .refine((lines) => new Set(lines.map(({ stageId }) => stageId)).size === lines.length, 'a stage is named once'),
      issuedOn: date,
      dueOn: date,
      externalRef: externalRef.optional(),
      reason: optionalReason,
    })
    .refine(({ issuedOn, dueOn }) => issuedOn <= dueOn, {
      message: 'an invoice is not due before it is issued',
      path: ['dueOn'],
    }),
  response: z.object({
    invoiceId: id,
    clientId: id,
    total: positiveMoney,
    lines: z.array(shownLine),
    issuedOn: date,
    dueOn: date,
    ...receipt,
  }),
  refusals: {
    'invoice-exists': 'An invoice with this id was issued before.',
    'stage-not-found': 'There is no such stage.',
    'several-clients': 'The stages of an invoice belong to one client.',
    'unknown-currency': 'The invoice’s currency is not one of ISO 4217.',
    'period-closed':
      'The month of issue is closed; date it `openFrom`, the first open day after it, or reopen the month.',
  },
  example: {
    body: {
      number: '2026-041',
      currency: 'RUB',
      lines: [{ stageId: ids.stageId, amountMinor: 10_000_000 }],
      issuedOn: '2026-03-20',
      dueOn: '2026-04-03',
    },
    response: {
      invoiceId,
      clientId: ids.clientId,
      total: rub(10_000_000),
      lines: [lineExample],
      issuedOn: '2026-03-20',
      dueOn: '2026-04-03',
      revision: 0,
      position: 60,
    },
  },
});

export const recordPayment = command({
  operationId: 'recordPayment',
  method: 'POST',
  path: '/v1/invoices/:invoiceId/payments',
  tag: 'profitability',
  summary: 'Record what a client paid on an invoice, in whole or in part',
  description:
    'A partial payment is shared among the invoice’s stages by what each still owes; the shares add up to the payment, and the last payment leaves nothing open.',
  permission: 'invoices:write',
  status: 201,
  params: { invoiceId: id },
  body: z.strictObject({
    paymentId: id.optional(),
    amount: positiveMoney,
    paidOn: date,
    externalRef: externalRef.optional(),
    reason: optionalReason,
  }),
  response: z.object({
    paymentId: id,
    invoiceId: id,
    amount: positiveMoney,
    lines: z.array(shownLine).meta({ description: 'The payment’s share of each stage' }),
    paidOn: date,
    ...receipt,
  }),
  refusals: {
    'invoice-not-found': 'There is no such invoice.',
    'payment-exists': 'A payment with this id was recorded on the invoice before.',
    'currency-mismatch': 'A payment is in the currency of its invoice.',
    'over-payment': 'The payment is larger than what is still owed on the invoice.',
    'invoice-voided': 'The invoice was voided; nothing is owed on it.',
    'paid-before-issue': 'An invoice is not paid before the day of its issue.',
    'period-closed':
      'The month of payment is closed; date it `openFrom`, the first open day after it, or reopen the month.',
  },
  example: {
    params: { invoiceId },
    body: { amount: rub(10_000_000), paidOn: '2026-04-02' },
    response: {
      paymentId: '5a1d2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      invoiceId,
      amount: rub(10_000_000),
      lines: [lineExample],
      paidOn: '2026-04-02',
      revision: 1,
      position: 88,
    },
  },
});

const invoiceStatus = z.enum(['open', 'paid', 'void']);

export const listInvoices = question({
  operationId: 'listInvoices',
  path: '/v1/invoices',
  tag: 'profitability',
  summary: 'The invoices by their day of issue, with what is still owed',
  permission: 'figures:read',
  query: {
    clientId: id.optional(),
    status: invoiceStatus.optional(),
    dueBefore: date.optional().meta({ description: 'Due before this day; with `status=open`, those that are late' }),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({
    items: z.array(
      z.object({
        invoiceId: id,
        number: name.nullable(),
        clientId: id,
        status: invoiceStatus,
        total: positiveMoney,
        paidMinor: z.int().min(0),
        owedMinor: z.int().min(0),
        lines: z.array(shownLine),
        payments: z.array(
          z.object({
            paymentId: id,
            amount: positiveMoney,
            paidOn: date,
            voidedOn: date
              .nullable()
              .meta({ description: 'The day from which on a payment of a closed month counts no more' }),
          }),
        ),
        issuedOn: date,
        dueOn: date,
        externalRef: externalRef.nullable(),
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { status: 'open' },
    response: {
      items: [
        {
          invoiceId,
          number: '2026-041',
          clientId: ids.clientId,
          status: 'open',
          total: rub(10_000_000),
          paidMinor: 4_000_000,
          owedMinor: 6_000_000,
          lines: [lineExample],
          payments: [{ paymentId: 'advance', amount: rub(4_000_000), paidOn: '2026-03-25', voidedOn: null }],
          issuedOn: '2026-03-20',
          dueOn: '2026-04-03',
          externalRef: null,
        },
      ],
      nextCursor: null,
      knownAt: 88,
    },
  },
});
