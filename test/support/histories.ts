import type { allEvents, EventUnion, TimeEntry } from '@headroom/contracts/events';
import { storedTypeOf } from '@headroom/contracts/events/upcast';
import { agencyBegins, stageBegins, stageIds } from '@headroom/contracts/examples/worked-example';
import type { JsonObject, NewEvent } from '@headroom/event-store';
import { derivedId, streamName } from '@headroom/kernel';
import fc from 'fast-check';

/**
 * Random histories that decisions could have made: hours of two specialists on two stages and outside of any, corrected
 * and voided, rates set for dates before and after them, stages closed and reopened, expenses, payments, contacts.
 */

export type PublishedEvent = EventUnion<(typeof allEvents)[number]>;

const STAGES = [stageIds.stageId, 'second-stage'] as const;

type Step =
  | {
      readonly kind: 'log';
      readonly who: 'anna' | 'boris';
      readonly stage: number;
      readonly day: number;
      readonly seconds: number;
      readonly activity: TimeEntry['activity'];
      readonly goodwill: boolean;
    }
  | {
      readonly kind: 'correct';
      readonly entry: number;
      readonly day: number;
      readonly seconds: number;
      readonly stage: number;
    }
  | { readonly kind: 'void'; readonly entry: number }
  | { readonly kind: 'rate'; readonly who: 'anna' | 'boris'; readonly day: number; readonly rate: number }
  | { readonly kind: 'close'; readonly stage: number; readonly day: number }
  | { readonly kind: 'reopen'; readonly stage: number; readonly day: number }
  | { readonly kind: 'expense'; readonly stage: number; readonly day: number; readonly minor: number }
  | { readonly kind: 'pay'; readonly stage: number; readonly day: number; readonly minor: number }
  | { readonly kind: 'estimate'; readonly stage: number; readonly day: number; readonly seconds: number }
  | { readonly kind: 'handover' | 'backup'; readonly to: 'anna' | 'boris'; readonly day: number }
  | { readonly kind: 'contact'; readonly day: number; readonly planned: boolean };

const day = fc.integer({ min: 0, max: 89 });
const stage = fc.integer({ min: 0, max: STAGES.length - 1 });
const who = fc.constantFrom<'anna' | 'boris'>('anna', 'boris');
const activity = fc.constantFrom<TimeEntry['activity']>(
  'production',
  'communication',
  'travel',
  'rework',
  'management',
);
const minor = fc.integer({ min: 1, max: 5_000_000 });
const seconds = fc.integer({ min: 1, max: 28_800 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('log' as const),
      who,
      stage: fc.integer({ min: -1, max: 1 }),
      day,
      seconds,
      activity,
      goodwill: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('correct' as const), entry: fc.nat(50), day, seconds, stage }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), entry: fc.nat(50) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rate' as const),
      who,
      day,
      rate: fc.integer({ min: 1, max: 90_000_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'reopen' as const), stage, day }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('expense' as const, 'pay' as const), stage, day, minor }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('estimate' as const), stage, day, seconds }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('handover' as const, 'backup' as const), to: who, day }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('contact' as const), day, planned: fc.boolean() }) },
);

/** Between nothing and some sixty things that happen after an agency has begun. */
export const steps = fc.array(step, { maxLength: 60 });

const dateOf = (offset: number): string => new Date(Date.UTC(2026, 1, 1 + offset)).toISOString().slice(0, 10);
const rub = (amount: number) => ({ minor: amount, currency: 'RUB' });
const idsOf = (index: number) => ({ ...stageIds, stageId: STAGES[index] as string });
const roles = { anna: 'designer', boris: 'manager' } as const;

const begins = (): PublishedEvent[] => {
  const client: PublishedEvent = {
    type: 'ClientRegistered',
    data: { clientId: stageIds.clientId, name: 'Butovo Bricks', since: '2025-01-15', externalRef: null },
  };
  const second = stageBegins
    .slice(1)
    .map((event) => ({ type: event.type, data: { ...event.data, stageId: STAGES[1] } }) as PublishedEvent);
  return [...agencyBegins, client, ...stageBegins, ...second];
};

/** What decisions would know: which entries still stand, and which stages are closed. */
interface World {
  readonly entries: (TimeEntry | undefined)[];
  readonly closed: Set<number>;
}

type Of<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;
type Happening<It extends Step> = (
  it: It,
  number: number,
  world: World,
) => PublishedEvent | readonly PublishedEvent[] | undefined;

const log: Happening<Of<'log'>> = (it, number, { entries }) => {
  const data: TimeEntry = {
    ...idsOf(Math.max(0, it.stage)),
    entryId: `entry-${number}`,
    specialistId: it.who,
    role: roles[it.who],
    stageId: it.stage < 0 ? null : (STAGES[it.stage] as string),
    workDate: dateOf(it.day),
    seconds: it.seconds,
    activity: it.activity,
    billable: !it.goodwill,
    goodwill: it.goodwill,
    requestId: null,
    note: null,
    externalRef: null,
    importId: null,
  };
  entries.push(data);
  return { type: 'HoursLogged', data };
};

/** The same day of the month in the entry's own month, where it has one. */
const within = (before: string, wanted: string): string => {
  const day = `${before.slice(0, 8)}${wanted.slice(8)}`;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? day : before;
};

const correct: Happening<Of<'correct'>> = (it, _, { entries }) => {
  const index = it.entry % Math.max(1, entries.length);
  const before = entries[index];
  if (before === undefined) return undefined;
  const workDate = within(before.workDate, dateOf(it.day));
  const stageId = before.stageId === null ? null : (STAGES[it.stage] as string);
  const after = { ...before, workDate, seconds: it.seconds, stageId };
  entries[index] = after;
  return { type: 'HoursCorrected', data: { before, after } };
};

const voidEntry: Happening<Of<'void'>> = (it, _, { entries }) => {
  const index = it.entry % Math.max(1, entries.length);
  const entry = entries[index];
  entries[index] = undefined;
  return entry === undefined ? undefined : { type: 'HoursVoided', data: { entry } };
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

const closeOrReopen: Happening<Of<'close' | 'reopen'>> = (it, _, { closed }) => {
  if (it.kind === 'close') {
    if (closed.has(it.stage)) return undefined;
    closed.add(it.stage);
    return { type: 'StageClosed', data: { ...idsOf(it.stage), closedOn: dateOf(it.day) } };
  }
  if (!closed.delete(it.stage)) return undefined;
  return { type: 'StageReopened', data: { ...idsOf(it.stage), reopenedOn: dateOf(it.day) } };
};

const expense: Happening<Of<'expense'>> = (it, number) => ({
  type: 'ExpenseRecorded',
  data: {
    expenseId: `expense-${number}`,
    ...idsOf(it.stage),
    category: 'travel',
    amount: rub(it.minor),
    incurredOn: dateOf(it.day),
    note: null,
    externalRef: null,
  },
});

const pay = (it: Of<'pay'>, number: number): PublishedEvent[] => {
  const proposal = {
    extraPaymentId: `payment-${number}`,
    requestId: null,
    ...idsOf(it.stage),
    amount: rub(it.minor),
    estimatedCost: rub(Math.floor(it.minor / 2)),
    evidence: [],
  };
  const answer = { agreedOn: dateOf(it.day), agreedBy: 'The director', channel: 'email' as const };
  return [
    { type: 'ExtraPaymentProposed', data: { ...proposal, proposedOn: dateOf(it.day) } },
    { type: 'ExtraPaymentAgreed', data: { ...proposal, ...answer } },
  ];
};

const estimate: Happening<Of<'estimate'>> = (it) => ({
  type: 'RemainingEstimateRevised',
  data: {
    ...idsOf(it.stage),
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

const happenings: { readonly [Kind in Step['kind']]: Happening<Of<Kind>> } = {
  log,
  correct,
  void: voidEntry,
  rate,
  close: closeOrReopen as Happening<Of<'close'>>,
  reopen: closeOrReopen as Happening<Of<'reopen'>>,
  expense,
  pay,
  estimate,
  handover: handOver as Happening<Of<'handover' | 'backup'>>,
  backup: handOver as Happening<Of<'handover' | 'backup'>>,
  contact,
};

/** The events of some steps, as decisions would let them happen: what cannot be (an entry voided twice) is left out. */
export const historyOf = (taken: readonly Step[]): PublishedEvent[] => {
  const world: World = { entries: [], closed: new Set() };
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
