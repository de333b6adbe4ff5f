import type { allEvents, Billing, EventUnion, TimeEntry } from '@headroom/contracts/events';
import { storedTypeOf } from '@headroom/contracts/events/upcast';
import { agencyBegins, stageBegins, stageIds } from '@headroom/contracts/examples/worked-example';
import type { JsonObject, NewEvent } from '@headroom/event-store';
import { derivedId, streamName } from '@headroom/kernel';
import { ofTheBusiness } from './business-history.ts';
import { STAGES, type Step } from './history-steps.ts';
import { ofRequests, type Requests } from './request-history.ts';

/**
 * Random histories that decisions could have made: hours of two specialists on three stages and outside of any, corrected
 * and voided, rates set for dates before and after them, stages closed and reopened, expenses, payments, contacts.
 */

export type PublishedEvent = EventUnion<(typeof allEvents)[number]>;

const dateOf = (offset: number): string => new Date(Date.UTC(2026, 1, 1 + offset)).toISOString().slice(0, 10);
const rub = (amount: number) => ({ minor: amount, currency: 'RUB' });
const otherIds = { projectId: 'site-care', clientId: 'flora' };
export const stageIdsOf = (index: number) => ({
  ...stageIds,
  ...(index === 2 ? otherIds : {}),
  stageId: STAGES[index] as string,
});
/** Of every stage. */
const STARTED_ON = '2026-03-02';
const roles = { anna: 'designer', boris: 'manager' } as const;

const client = (clientId: string, name: string): PublishedEvent => ({
  type: 'ClientRegistered',
  data: { clientId, name, since: '2025-01-15', externalRef: null },
});

const plannedActivities = [{ role: 'designer', activity: 'production' as const, seconds: 100_000 }];

/** The begin of the first stage, for another one that is billed otherwise and whose plan tells kinds of work. */
const otherwise = (index: number, billing: Billing): PublishedEvent[] =>
  stageBegins.slice(1).map((event) => {
    const data = { ...event.data, ...stageIdsOf(index) };
    return {
      type: event.type,
      data: event.type === 'StagePlanned' ? { ...data, billing, plannedActivities } : data,
    } as PublishedEvent;
  });

const otherProject = (): PublishedEvent => {
  const [opened] = stageBegins;
  return { type: opened?.type, data: { ...opened?.data, ...otherIds, serviceType: 'hosting' } } as PublishedEvent;
};

/** A stage for a fee, one billed by time, and one of another client that is paid by the month. */
const begins = (): PublishedEvent[] => [
  ...agencyBegins,
  client(stageIds.clientId, 'Butovo Bricks'),
  client(otherIds.clientId, 'Flora'),
  ...stageBegins,
  ...otherwise(1, { kind: 'time-and-materials', cap: rub(9_000_000) }),
  otherProject(),
  ...otherwise(2, { kind: 'retainer', monthlyFee: rub(3_000_000), fromMonth: '2026-02', toMonth: '2026-04' }),
];

/** What decisions would know: which entries still stand, and which stages are closed. */
interface World {
  readonly requests: Requests;
  readonly entries: (TimeEntry | undefined)[];
  /** Entries that lines adjust. */
  readonly adjusted: Set<string>;
  readonly closedMonths: Set<string>;
  readonly closed: Set<number>;
  /** The day of each stage's last turn: none comes before it. */
  readonly turned: Map<number, string>;
  readonly expenses: (PublishedEvent | undefined)[];
  readonly invoices: {
    readonly issued: DataOf<'InvoiceIssued'>;
    paid: DataOf<'PaymentRecorded'> | undefined;
    voided: boolean;
  }[];
}

type DataOf<Type extends PublishedEvent['type']> = Extract<PublishedEvent, { readonly type: Type }>['data'];

type Of<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;
type Happening<It extends Step> = (
  it: It,
  number: number,
  world: World,
) => PublishedEvent | readonly PublishedEvent[] | undefined;

const log: Happening<Of<'log'>> = (it, number, { entries, requests }) => {
  const data: TimeEntry = {
    ...stageIdsOf(Math.max(0, it.stage)),
    entryId: `entry-${number}`,
    specialistId: it.who,
    role: roles[it.who],
    stageId: it.stage < 0 ? null : (STAGES[it.stage] as string),
    workDate: dateOf(it.day),
    seconds: it.seconds,
    activity: it.activity,
    billable: !it.goodwill,
    goodwill: it.goodwill,
    requestId: requests[it.day % 3]?.requestId ?? null,
    note: null,
    externalRef: null,
    importId: null,
    startedAt: null,
    timerId: null,
    postedOn: null,
  };
  entries.push(data);
  return { type: 'HoursLogged', data };
};

/** The same day of the month in the entry's own month, where it has one. */
const within = (before: string, wanted: string): string => {
  const day = `${before.slice(0, 8)}${wanted.slice(8)}`;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? day : before;
};

const correct: Happening<Of<'correct'>> = (it, _, { entries, adjusted }) => {
  const index = it.entry % Math.max(1, entries.length);
  const before = entries[index];
  if (before === undefined || adjusted.has(before.entryId)) return undefined;
  const workDate = within(before.workDate, dateOf(it.day));
  const place = before.stageId === null ? {} : stageIdsOf(it.stage);
  const after = { ...before, ...place, workDate, seconds: it.seconds };
  entries[index] = after;
  return { type: 'HoursCorrected', data: { before, after } };
};

const voidEntry: Happening<Of<'void'>> = (it, _, { entries, adjusted }) => {
  const index = it.entry % Math.max(1, entries.length);
  const entry = entries[index];
  if (entry === undefined || adjusted.has(entry.entryId)) return undefined;
  entries[index] = undefined;
  return { type: 'HoursVoided', data: { entry } };
};

/** Another length (or none, when it is the old one), posted some days later. */
const adjust: Happening<Of<'adjust'>> = (it, number, { entries, adjusted }) => {
  const index = it.entry % Math.max(1, entries.length);
  const before = entries[index];
  if (before === undefined) return undefined;
  const gone = it.seconds === before.seconds;
  const after = gone ? null : { ...before, seconds: it.seconds };
  entries[index] = after ?? undefined;
  adjusted.add(before.entryId);
  const adjustmentId = `adjustment-${number}`;
  const seconds = gone ? -before.seconds : it.seconds - before.seconds;
  const of = gone ? ('before' as const) : ('after' as const);
  const postedOn = new Date(Date.parse(before.workDate) + it.later * 86_400_000).toISOString().slice(0, 10);
  const lines = [{ lineId: adjustmentId, of, seconds }];
  return { type: 'HoursAdjusted', data: { adjustmentId, before, after, postedOn, lines } };
};

const judge: Happening<Of<'judge'>> = (it, _, { entries }) => {
  const entry = entries[it.entry % Math.max(1, entries.length)];
  if (entry === undefined) return undefined;
  const { specialistId, entryId, stageId, workDate } = entry;
  const stageIds = stageId === null ? [] : [stageId];
  return { type: it.status, data: { specialistId, month: workDate.slice(0, 7), entryIds: [entryId], stageIds } };
};

const period: Happening<Of<'period'>> = ({ month }, _, { closedMonths }) => {
  if (closedMonths.delete(month)) return { type: 'PeriodReopened', data: { month } };
  closedMonths.add(month);
  return { type: 'PeriodClosed', data: { month } };
};

/** A timer that is discarded, or goes on running until the next one. */
const timer = (it: Of<'timer'>, number: number): PublishedEvent[] => {
  const { timerId, specialistId } = { timerId: `timer-${number}`, specialistId: it.who };
  const what = { activity: 'production' as const, billable: true, goodwill: false, requestId: null, note: null };
  const started = { timerId, specialistId, ...stageIdsOf(0), ...what, startedAt: '2026-03-01T09:00:00.000Z' };
  const start: PublishedEvent = { type: 'TimerStarted', data: started };
  return it.discarded ? [start, { type: 'TimerDiscarded', data: { timerId, specialistId } }] : [start];
};

const rate: Happening<Of<'rate'>> = (it, number) => ({
  type: 'CostRateSet',
  data: {
    rateId: `rate-${number}`,
    specialistId: it.who,
    effectiveFrom: dateOf(it.day),
    ratePerHour: (it.rate / 10_000).toFixed(4),
    currency: 'RUB',
    basis: 'billable',
    breakdown: null,
  },
});

/** Several rates at once, of several people and dates; months that stand closed are restated. */
const rates: Happening<Of<'rates'>> = ({ changes }, number, { closedMonths }) => ({
  type: 'RateChangeApplied',
  data: {
    rateChangeId: `rates-${number}`,
    currency: 'RUB',
    basis: 'billable',
    changes: changes.map(({ who, day, rate }, index) => ({
      rateId: `rates-${number}-${index}`,
      specialistId: who,
      effectiveFrom: dateOf(day),
      ratePerHour: (rate / 10_000).toFixed(4),
      breakdown: null,
    })),
    figuresAt: number,
    restatements: [...closedMonths].sort().map((month) => ({
      month,
      before: { revenueMinor: 5_000 + number, costMinor: 1_000 + number },
      after: { revenueMinor: 5_000 + number, costMinor: 2_000 + number },
      seconds: 60,
    })),
  },
});

const closeOrReopen: Happening<Of<'close' | 'reopen'>> = (it, _, { closed, turned }) => {
  const last = turned.get(it.stage) ?? STARTED_ON;
  const [, on = last] = [last, dateOf(it.day)].sort();
  if (closed.has(it.stage) !== (it.kind === 'reopen')) return undefined;
  turned.set(it.stage, on);
  if (it.kind === 'close') {
    closed.add(it.stage);
    return { type: 'StageClosed', data: { ...stageIdsOf(it.stage), closedOn: on } };
  }
  closed.delete(it.stage);
  return { type: 'StageReopened', data: { ...stageIdsOf(it.stage), reopenedOn: on } };
};

const expense: Happening<Of<'expense'>> = (it, number, { expenses }) => {
  const recorded: PublishedEvent = {
    type: 'ExpenseRecorded',
    data: {
      expenseId: `expense-${number}`,
      ...stageIdsOf(it.stage),
      category: 'travel',
      amount: rub(it.minor),
      incurredOn: dateOf(it.day),
      postedOn: null,
      note: null,
      externalRef: null,
    },
  };
  expenses.push(recorded);
  return recorded;
};

/** The day on which an open month takes back what a closed one keeps. */
const takenBack = (on: string, later: number | null): string | null =>
  later === null ? null : new Date(Date.parse(on) + later * 86_400_000).toISOString().slice(0, 10);

const unspend: Happening<Of<'unspend'>> = (it, _, { expenses }) => {
  const index = it.expense % Math.max(1, expenses.length);
  const recorded = expenses[index];
  expenses[index] = undefined;
  if (recorded?.type !== 'ExpenseRecorded') return undefined;
  const { expenseId, stageId, projectId, clientId, incurredOn } = recorded.data;
  const postedOn = takenBack(incurredOn, it.later);
  return { type: 'ExpenseVoided', data: { expenseId, stageId, projectId, clientId, postedOn } };
};

const writeOff: Happening<Of<'writeOff'>> = (it, number) => ({
  type: 'RevenueWrittenOff',
  data: {
    writeOffId: `write-off-${number}`,
    ...stageIdsOf(it.stage),
    amount: rub(it.minor),
    writtenOffOn: dateOf(it.day),
  },
});

const invoice: Happening<Of<'invoice'>> = (it, number, { invoices }) => {
  const { stageId, projectId, clientId } = stageIdsOf(it.stage);
  const amount = rub(it.minor);
  const issued: PublishedEvent = {
    type: 'InvoiceIssued',
    data: {
      invoiceId: `invoice-${number}`,
      number: null,
      clientId,
      lines: [{ stageId, projectId, amount }],
      total: amount,
      issuedOn: dateOf(it.day),
      dueOn: dateOf(it.day + 14),
      externalRef: null,
    },
  };
  if (issued.type === 'InvoiceIssued') invoices.push({ issued: issued.data, paid: undefined, voided: false });
  return issued;
};

const settle: Happening<Of<'settle'>> = (it, number, { invoices }) => {
  const invoice = invoices[it.invoice % Math.max(1, invoices.length)];
  if (invoice === undefined || invoice.voided || invoice.paid !== undefined) return undefined;
  const { invoiceId, clientId, lines, total: amount } = invoice.issued;
  const paid = { paymentId: `settled-${number}`, invoiceId, clientId, amount, lines, paidOn: dateOf(it.day) };
  invoice.paid = { ...paid, externalRef: null };
  return { type: 'PaymentRecorded', data: invoice.paid };
};

const unpayOrUninvoice: Happening<Of<'unpay' | 'uninvoice'>> = (it, _, { invoices }) => {
  const invoice = invoices[it.invoice % Math.max(1, invoices.length)];
  if (invoice === undefined || invoice.voided) return undefined;
  const { invoiceId, clientId, lines, issuedOn } = invoice.issued;
  const what = { invoiceId, clientId, lines };
  if (it.kind === 'unpay') {
    if (invoice.paid === undefined) return undefined;
    const { paymentId, paidOn } = invoice.paid;
    invoice.paid = undefined;
    return { type: 'PaymentVoided', data: { paymentId, ...what, paidOn, postedOn: takenBack(paidOn, it.later) } };
  }
  if (invoice.paid !== undefined) return undefined;
  invoice.voided = true;
  return { type: 'InvoiceVoided', data: { ...what, issuedOn, postedOn: takenBack(issuedOn, it.later) } };
};

const price: Happening<Of<'price'>> = (it, number) => ({
  type: 'BillRateSet',
  data: {
    rateId: `price-${number}`,
    scope: it.who === null ? { kind: 'agency' } : { kind: 'specialist', specialistId: it.who },
    effectiveFrom: dateOf(it.day),
    ratePerHour: (it.rate / 10_000).toFixed(4),
    currency: 'RUB',
  },
});

const leave: Happening<Of<'leave'>> = (it) => ({
  type: 'SpecialistDeactivated',
  data: { specialistId: it.who, deactivatedOn: dateOf(it.day) },
});

const pay = (it: Of<'pay'>, number: number): PublishedEvent[] => {
  const proposal = {
    extraPaymentId: `payment-${number}`,
    requestId: null,
    ...stageIdsOf(it.stage),
    amount: rub(it.minor),
    estimatedCost: rub(Math.floor(it.minor / 2)),
    evidence: [],
  };
  const proof = { agreedAt: null, attachment: null, portalKey: null, disputeId: null };
  const answer = { agreedOn: dateOf(it.day), agreedBy: 'The director', channel: 'email' as const, ...proof };
  return [
    { type: 'ExtraPaymentProposed', data: { ...proposal, proposedOn: dateOf(it.day) } },
    { type: 'ExtraPaymentAgreed', data: { ...proposal, ...answer } },
  ];
};

const estimate: Happening<Of<'estimate'>> = (it) => ({
  type: 'RemainingEstimateRevised',
  data: {
    ...stageIdsOf(it.stage),
    revisedOn: dateOf(it.day),
    remainingWork: [{ role: 'designer', seconds: it.seconds }],
    remainingExpenses: rub(0),
  },
});

const handOver: Happening<Of<'handover' | 'backup'>> = (it) => {
  const { projectId, clientId } = stageIds;
  const effectiveFrom = dateOf(it.day);
  if (it.kind === 'backup') {
    return { type: 'BackupManagerAssigned', data: { projectId, clientId, backupManagerId: it.to, effectiveFrom } };
  }
  const previousManagerId = it.to === 'anna' ? 'boris' : 'anna';
  return { type: 'ManagerReplaced', data: { projectId, clientId, managerId: it.to, previousManagerId, effectiveFrom } };
};

const thresholds: Happening<Of<'thresholds'>> = (it) => ({
  type: 'StageThresholdsSet',
  data: { ...stageIdsOf(it.stage), thresholds: it.share === 0 ? null : [`0.${it.share}00000`] },
});

const workingHours: Happening<Of<'working-hours'>> = (it) => ({
  type: 'WorkingHoursSet',
  data: { monthlyHours: it.hours, effectiveFrom: dateOf(it.day) },
});

const contact: Happening<Of<'contact'>> = (it, number) => ({
  type: 'InteractionLogged',
  data: {
    interactionId: `contact-${number}`,
    clientId: stageIds.clientId,
    projectId: null,
    channel: 'call',
    direction: 'inbound',
    occurredAt: `${dateOf(it.day)}T09:00:00.000Z`,
    occurredOn: dateOf(it.day),
    seconds: 60,
    planned: it.planned,
    note: null,
  },
});

const satisfied: Happening<Of<'satisfaction'>> = (it, number) => ({
  type: 'SatisfactionRecorded',
  data: {
    satisfactionId: `said-${number}`,
    clientId: stageIds.clientId,
    projectId: null,
    score: it.score,
    statedBy: 'The director',
    statedOn: dateOf(it.day),
    words: null,
  },
});

/** A cost measure, ended a week later or still running. */
const measure = (it: Of<'measure'>, number: number): PublishedEvent[] => {
  const measureId = `measure-${number}`;
  const start: PublishedEvent = {
    type: 'CostMeasureStarted',
    data: {
      measureId,
      method: 'reduce-contact',
      scope: it.client ? { kind: 'client', clientId: stageIds.clientId } : { kind: 'agency' },
      startedOn: dateOf(it.day),
      expectedMonthlySaving: it.client ? rub(it.day) : null,
      note: null,
    },
  };
  if (!it.ends) return [start];
  return [start, { type: 'CostMeasureEnded', data: { measureId, endedOn: dateOf(it.day + 7), note: 'Done' } }];
};

const happenings: { readonly [Kind in Step['kind']]: Happening<Of<Kind>> } = {
  log,
  correct,
  void: voidEntry,
  adjust,
  judge,
  period,
  timer,
  rate,
  rates,
  close: closeOrReopen as Happening<Of<'close'>>,
  reopen: closeOrReopen as Happening<Of<'reopen'>>,
  expense,
  unspend,
  writeOff,
  invoice,
  settle,
  unpay: unpayOrUninvoice as Happening<Of<'unpay' | 'uninvoice'>>,
  uninvoice: unpayOrUninvoice as Happening<Of<'unpay' | 'uninvoice'>>,
  price,
  leave,
  pay,
  estimate,
  thresholds,
  handover: handOver as Happening<Of<'handover' | 'backup'>>,
  backup: handOver as Happening<Of<'handover' | 'backup'>>,
  'working-hours': workingHours,
  contact,
  satisfaction: satisfied,
  measure,
  business: ofTheBusiness,
  request: (it, number, { requests }) => ofRequests(it, number, requests),
};

/** The events of some steps, as decisions would let them happen: what cannot be (an entry voided twice) is left out. */
export const historyOf = (taken: readonly Step[]): PublishedEvent[] => {
  const world: World = {
    requests: [],
    entries: [],
    adjusted: new Set(),
    closedMonths: new Set(),
    closed: new Set(),
    turned: new Map(),
    expenses: [],
    invoices: [],
  };
  const happened = taken.flatMap((it, number) => (happenings[it.kind] as Happening<Step>)(it, number, world) ?? []);
  return [...begins(), ...happened];
};

/** Events as they are appended; their stream does not matter to projections. */
export const newEvents = (events: readonly PublishedEvent[], tenantId: string): NewEvent[] =>
  events.map(({ type, data }, index) => ({
    id: derivedId(tenantId, String(index)),
    type: storedTypeOf(type),
    data: data as unknown as JsonObject,
    meta: {
      tenantId,
      actor: 'key:owner',
      commandKey: `command-${index}`,
      fingerprint: 'f',
      correlationId: 'c',
    },
  }));

export const historyStream = (tenantId: string): string => streamName('history', tenantId);
