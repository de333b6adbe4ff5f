import { table } from '@headroom/projecting';

/** Contacts with a client on one day of the agency. */
export interface DayOfContacts {
  inbound: number;
  outbound: number;
  /** Inbound and not arranged before. */
  unplanned: number;
  inboundSeconds: number;
  outboundSeconds: number;
  unplannedSeconds: number;
}

/** Contacts with a client in one month of the agency, day by day: a window of any days is added up from a few rows. */
export interface ContactMonthRow {
  readonly tenantId: string;
  readonly clientId: string;
  readonly month: string;
  days: { readonly [day: string]: DayOfContacts };
}

export const contactMonthTable = table<ContactMonthRow>('contact_month', {
  columns: { tenantId: 'text', clientId: 'text', month: 'text', days: 'json' },
  key: ['tenantId', 'clientId', 'month'],
  lookups: { byMonth: ['tenantId', 'month'], byClient: ['tenantId', 'clientId', 'month'] },
});

/** The day of the first contact with a client. */
export interface FirstContactRow {
  readonly tenantId: string;
  readonly clientId: string;
  occurredOn: string;
}

export const firstContactTable = table<FirstContactRow>('first_contact', {
  columns: { tenantId: 'text', clientId: 'text', occurredOn: 'date' },
  key: ['tenantId', 'clientId'],
  lookups: { byClient: ['tenantId', 'clientId'] },
});

export interface SatisfactionRow {
  readonly tenantId: string;
  readonly clientId: string;
  readonly satisfactionId: string;
  readonly projectId: string | null;
  readonly score: number;
  readonly statedBy: string;
  readonly statedOn: string;
  readonly words: string | null;
  /** Position in the log: of two statements of one day the later recorded one counts. */
  readonly position: number;
}

export const satisfactionTable = table<SatisfactionRow>('satisfaction', {
  columns: {
    tenantId: 'text',
    clientId: 'text',
    satisfactionId: 'text',
    projectId: { type: 'text', nullable: true },
    score: 'integer',
    statedBy: { type: 'text', personal: true },
    statedOn: 'date',
    words: { type: 'text', nullable: true, personal: true },
    position: 'integer',
  },
  key: ['tenantId', 'clientId', 'satisfactionId'],
  lookups: { byClient: ['tenantId', 'clientId', 'statedOn'] },
});

/** An invoice as payment discipline is told by it. */
export interface ClientInvoiceRow {
  readonly tenantId: string;
  readonly invoiceId: string;
  readonly clientId: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly issuedOn: string;
  readonly dueOn: string;
  /** In log order. */
  payments: readonly { readonly paymentId: string; readonly paidOn: string; readonly minor: number }[];
}

export const clientInvoiceTable = table<ClientInvoiceRow>('client_invoice', {
  columns: {
    tenantId: 'text',
    invoiceId: 'text',
    clientId: 'text',
    currency: 'text',
    totalMinor: 'integer',
    issuedOn: 'date',
    dueOn: 'date',
    payments: 'json',
  },
  key: ['tenantId', 'invoiceId'],
  lookups: { byClient: ['tenantId', 'clientId'] },
});
