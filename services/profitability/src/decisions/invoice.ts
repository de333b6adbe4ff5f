import type { InvoiceLine, Money } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, monthOf, type Refused, refuse } from '@headroom/kernel';
import { divideRounded, isCurrency } from '@headroom/money';
import type { InvoiceEvent } from '../events/streams.ts';
import type { Stage } from './stage.ts';
import { type Books, firstOpenDay } from './timesheet-rules.ts';

type Issued = Extract<InvoiceEvent, { type: 'InvoiceIssued' }>['data'];
type Paid = Extract<InvoiceEvent, { type: 'PaymentRecorded' }>['data'];

/** An invoice and what is still owed on it, line by line. */
export interface Invoice {
  issued: Issued | undefined;
  owed: Map<string, number>;
  payments: Map<string, Paid | 'voided'>;
  voided: boolean;
}

const owe = ({ owed }: Invoice, lines: readonly InvoiceLine[], sign: 1 | -1): void => {
  for (const { stageId, amount } of lines) owed.set(stageId, (owed.get(stageId) ?? 0) + sign * amount.minor);
};

export const invoiceEvolution: Evolution<Invoice, InvoiceEvent> = {
  initial: () => ({ issued: undefined, owed: new Map(), payments: new Map(), voided: false }),
  evolve: (invoice, event) => {
    switch (event.type) {
      case 'InvoiceIssued':
        invoice.issued = event.data;
        for (const { stageId, amount } of event.data.lines) invoice.owed.set(stageId, amount.minor);
        return invoice;
      case 'PaymentRecorded':
        invoice.payments.set(event.data.paymentId, event.data);
        owe(invoice, event.data.lines, -1);
        return invoice;
      case 'PaymentVoided':
        invoice.payments.set(event.data.paymentId, 'voided');
        owe(invoice, event.data.lines, 1);
        return invoice;
      case 'InvoiceVoided':
        invoice.voided = true;
        return invoice;
    }
  },
};

export interface IssueInvoice {
  readonly invoiceId: string;
  readonly number?: string | undefined;
  readonly currency: string;
  /** A stage is named once. */
  readonly lines: readonly { readonly stageId: string; readonly amountMinor: number }[];
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly externalRef?: string | undefined;
}

/** What an agency has reported stays as it was: nothing new is dated in a closed month. The first day after it that is open is told. */
const inClosedMonth = (day: string, { closedMonths }: Books): Refused<'period-closed'> | undefined =>
  closedMonths.has(monthOf(day))
    ? refuse('period-closed', { month: monthOf(day), openFrom: firstOpenDay(day, closedMonths) })
    : undefined;

export type IssueInvoiceRefusal =
  | 'invoice-exists'
  | 'stage-not-found'
  | 'several-clients'
  | 'unknown-currency'
  | 'period-closed';

const linesOf = (command: IssueInvoice, stages: ReadonlyMap<string, Stage>) =>
  command.lines.map(({ stageId, amountMinor }) => ({
    plan: stages.get(stageId)?.plan,
    stageId,
    amount: { minor: amountMinor, currency: command.currency },
  }));

/** An invoice to one client for some of its stages, planned, open or closed. */
export const decideIssue = (
  command: IssueInvoice,
  invoice: Invoice,
  stages: ReadonlyMap<string, Stage>,
  books: Books,
): Decision<InvoiceEvent, IssueInvoiceRefusal> => {
  if (invoice.issued !== undefined) return refuse('invoice-exists');
  const { currency } = command;
  if (!isCurrency(currency)) return refuse('unknown-currency', { currency });
  const lines: InvoiceLine[] = [];
  const clients = new Set<string>();
  for (const { plan, stageId, amount } of linesOf(command, stages)) {
    if (plan === undefined) return refuse('stage-not-found', { stageId });
    clients.add(plan.clientId);
    lines.push({ stageId, projectId: plan.projectId, amount });
  }
  const [clientId] = clients;
  if (clientId === undefined || clients.size > 1) return refuse('several-clients', { clients: [...clients] });
  const closed = inClosedMonth(command.issuedOn, books);
  if (closed !== undefined) return closed;
  return accept({
    type: 'InvoiceIssued',
    data: {
      invoiceId: command.invoiceId,
      number: command.number ?? null,
      clientId,
      lines,
      total: { minor: lines.reduce((sum, { amount }) => sum + amount.minor, 0), currency },
      issuedOn: command.issuedOn,
      dueOn: command.dueOn,
      externalRef: command.externalRef ?? null,
    },
  });
};

export interface RecordPayment {
  readonly paymentId: string;
  readonly amount: Money;
  readonly paidOn: string;
  readonly externalRef?: string | undefined;
}

export type RecordPaymentRefusal =
  | 'invoice-not-found'
  | 'invoice-voided'
  | 'payment-exists'
  | 'currency-mismatch'
  | 'over-payment'
  | 'paid-before-issue'
  | 'period-closed';

/**
 * A payment shared among the lines by what each still owes, by running total: `line_i = round(cum_i) - round(cum_i-1)`. So
 * the parts add up to the payment, no line gets more than it owes, and the last payment leaves nothing open.
 */
const shared = (minor: number, { issued, owed }: Invoice): InvoiceLine[] => {
  const total = [...owed.values()].reduce((sum, each) => sum + each, 0);
  let cumulated = 0;
  let before = 0;
  return (issued?.lines ?? []).flatMap(({ stageId, projectId, amount: { currency } }) => {
    cumulated += owed.get(stageId) ?? 0;
    const now = Number(divideRounded(BigInt(cumulated) * BigInt(minor), BigInt(total)));
    const part = now - before;
    before = now;
    return part === 0 ? [] : [{ stageId, projectId, amount: { minor: part, currency } }];
  });
};

/** A payment in the invoice's currency, in whole or in part; never more than is owed. */
export const decidePay = (
  { paymentId, amount, paidOn, externalRef }: RecordPayment,
  invoice: Invoice,
  books: Books,
): Decision<InvoiceEvent, RecordPaymentRefusal> => {
  const { issued, owed, payments } = invoice;
  if (issued === undefined) return refuse('invoice-not-found');
  if (invoice.voided) return refuse('invoice-voided');
  if (payments.has(paymentId)) return refuse('payment-exists');
  const { currency } = issued.total;
  if (amount.currency !== currency) return refuse('currency-mismatch', { currency });
  const owedMinor = [...owed.values()].reduce((sum, each) => sum + each, 0);
  if (amount.minor > owedMinor) return refuse('over-payment', { owedMinor });
  if (paidOn < issued.issuedOn) return refuse('paid-before-issue', { issuedOn: issued.issuedOn });
  const closed = inClosedMonth(paidOn, books);
  if (closed !== undefined) return closed;
  const { invoiceId, clientId } = issued;
  const lines = shared(amount.minor, invoice);
  return accept({
    type: 'PaymentRecorded',
    data: { paymentId, invoiceId, clientId, amount, lines, paidOn, externalRef: externalRef ?? null },
  });
};
