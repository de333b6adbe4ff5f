import type { InvoiceLine, Money } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

export interface InvoiceRow {
  readonly tenantId: string;
  readonly invoiceId: string;
  readonly clientId: string;
  readonly number: string | null;
  readonly externalRef: string | null;
  readonly issuedOn: string;
  readonly dueOn: string;
  status: 'open' | 'paid' | 'void';
  readonly total: Money;
  readonly lines: readonly InvoiceLine[];
  payments: {
    readonly paymentId: string;
    readonly amount: Money;
    readonly paidOn: string;
    /** The day from which on one of a closed month counts no more. */
    readonly voidedOn: string | null;
  }[];
}

export const invoiceTable = table<InvoiceRow>('invoice', {
  columns: {
    tenantId: 'text',
    invoiceId: 'text',
    clientId: 'text',
    number: { type: 'text', nullable: true },
    externalRef: { type: 'text', nullable: true },
    issuedOn: 'date',
    dueOn: 'date',
    status: 'text',
    total: 'json',
    lines: 'json',
    payments: 'json',
  },
  key: ['tenantId', 'invoiceId'],
  lookups: { byIssue: ['tenantId', 'issuedOn'], byClient: ['tenantId', 'clientId', 'issuedOn'] },
});
