import type { TimeEntry } from '@headroom/contracts/events';
import type { Stated } from './log.ts';

/** Events of one small scene: a client, a contact, a request, work for it and an extra payment. */
export const rub = (minor: number) => ({ minor, currency: 'RUB' });

export const client = (clientId: string, name: string, since = '2025-02-03'): Stated => ({
  type: 'ClientRegistered',
  data: { clientId, name, since, externalRef: null },
});

export const contact = (interactionId: string, occurredOn: string, change: object = {}): Stated => ({
  type: 'InteractionLogged',
  streamId: `interactions-acme/flora/${occurredOn.slice(0, 7)}`,
  data: {
    interactionId,
    clientId: 'flora',
    projectId: null,
    channel: 'call',
    direction: 'inbound',
    occurredAt: `${occurredOn}T12:00:00+03:00`,
    occurredOn,
    seconds: 600,
    planned: false,
    note: null,
    ...change,
  },
});

const links = (requestId: string) => ({ requestId, clientId: 'flora', projectId: 'flora-site' });

export const request = (requestId: string, askedOn = '2026-03-20'): Stated => ({
  type: 'ClientRequestRegistered',
  data: {
    ...links(requestId),
    stageId: null,
    askedBy: 'Vera',
    channel: 'chat',
    askedAt: `${askedOn}T11:05:00+03:00`,
    askedOn,
    words: 'Another font?',
  },
});

export const classification = (
  requestId: string,
  scope: 'in-scope' | 'out-of-scope' | 'unclear',
  classifiedOn = '2026-03-20',
): Stated => ({
  type: 'RequestClassified',
  data: {
    ...links(requestId),
    stageId: 'landing',
    scope,
    rationale: 'One typeface was agreed',
    contractClause: 'Annex 1',
    classifiedOn,
  },
});

export const entry = (entryId: string, change: Partial<TimeEntry> = {}): TimeEntry => ({
  entryId,
  specialistId: 'anna',
  role: 'designer',
  stageId: 'landing',
  projectId: 'flora-site',
  clientId: 'flora',
  workDate: '2026-03-24',
  seconds: 7200,
  activity: 'production',
  billable: true,
  goodwill: false,
  requestId: 'font',
  note: null,
  externalRef: null,
  importId: null,
  startedAt: null,
  timerId: null,
  postedOn: null,
  ...change,
});

const payment = (extraPaymentId: string) => ({ extraPaymentId, ...links('font'), stageId: 'landing' });

export const proposal = (extraPaymentId: string, change: { readonly requestId?: string | null } = {}): Stated => ({
  type: 'ExtraPaymentProposed',
  data: {
    ...payment(extraPaymentId),
    amount: rub(1_500_000),
    estimatedCost: rub(0),
    proposedOn: '2026-03-23',
    evidence: [],
    ...change,
  },
});

export const agreement = (extraPaymentId: string, minor = 1_500_000, agreedOn = '2026-03-24'): Stated => ({
  type: 'ExtraPaymentAgreed',
  data: {
    ...payment(extraPaymentId),
    amount: rub(minor),
    estimatedCost: rub(0),
    agreedOn,
    agreedBy: 'Vera',
    channel: 'email',
    evidence: [],
    agreedAt: null,
    attachment: null,
    portalKey: null,
    disputeId: null,
  },
});

export const refusal = (extraPaymentId: string): Stated => ({
  type: 'ExtraPaymentDeclined',
  data: {
    ...payment(extraPaymentId),
    amount: rub(1_500_000),
    declinedOn: '2026-03-24',
    declinedBy: 'Vera',
    words: 'Not in this quarter',
  },
});

export const satisfaction = (satisfactionId: string, score: number, statedOn: string): Stated => ({
  type: 'SatisfactionRecorded',
  data: { satisfactionId, clientId: 'flora', projectId: null, score, statedBy: 'Vera', statedOn, words: null },
});

export const invoice = (invoiceId: string, dueOn: string, minor: number, currency = 'RUB'): Stated => ({
  type: 'InvoiceIssued',
  data: {
    invoiceId,
    number: null,
    clientId: 'flora',
    lines: [{ stageId: 'landing', projectId: 'flora-site', amount: { minor, currency } }],
    total: { minor, currency },
    issuedOn: '2025-12-01',
    dueOn,
    externalRef: null,
  },
});

export const paid = (invoiceId: string, paidOn: string, minor: number, currency = 'RUB'): Stated => ({
  type: 'PaymentRecorded',
  data: {
    paymentId: `${invoiceId} ${paidOn}`.replace(' ', '-'),
    invoiceId,
    clientId: 'flora',
    amount: { minor, currency },
    lines: [{ stageId: 'landing', projectId: 'flora-site', amount: { minor, currency } }],
    paidOn,
    externalRef: null,
  },
});
