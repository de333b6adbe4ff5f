/**
 * Over random histories: what must not change a figure changes none. The order of independent events, when a rate becomes
 * known, entries split or merged, a stage that was closed and reopened in between.
 */

import fc from 'fast-check';
import t from 'tap';
import { askedInMemory, difference, everyLevel, written } from '../support/asked-in-memory.ts';
import { historyOf, type PublishedEvent, stageIdsOf } from '../support/histories.ts';
import { STAGES, type Step, steps } from '../support/history-steps.ts';

t.setTimeout(300_000);

const RUNS = Number(process.env.PROPERTY_RUNS ?? 12);
const LATER = '2026-12-31';
const BEGUN = historyOf([]).length;

/** Steps of some kinds alone: what others do is another property. */
const without = (taken: readonly Step[], ...kinds: readonly Step['kind'][]): Step[] =>
  taken.filter(({ kind }) => !kinds.includes(kind));

const figures = async (events: readonly PublishedEvent[], asOf: string, leavingOut: readonly string[] = []) =>
  written(await everyLevel(await askedInMemory(events), asOf), leavingOut);

const sameFigures = async (
  one: readonly PublishedEvent[],
  other: readonly PublishedEvent[],
  asOf: string,
  leavingOut: readonly string[] = [],
): Promise<void> => {
  const differs = difference(await figures(one, asOf, leavingOut), await figures(other, asOf, leavingOut));
  if (differs !== undefined) throw new Error(`as of ${asOf}:\n${differs}`);
};

const dayAt = (offset: number): string => new Date(Date.UTC(2026, 1, 1 + offset)).toISOString().slice(0, 10);
const days = fc.integer({ min: 0, max: 120 }).map(dayAt);

/** Events of one group follow on each other; those of different groups know nothing of each other. */
const groupOf = ({ type, data }: PublishedEvent, index: number): string => {
  switch (type) {
    case 'HoursLogged':
      return `entry ${data.entryId}`;
    case 'HoursCorrected':
    case 'HoursAdjusted':
      return `entry ${data.before.entryId}`;
    case 'HoursVoided':
      return `entry ${data.entry.entryId}`;
    case 'HoursSubmitted':
    case 'HoursApproved':
    case 'HoursRejected':
      return `entry ${data.entryIds[0]}`;
    // Of two rates from the same day on the later one counts.
    case 'CostRateSet':
      return `rate ${data.specialistId} ${data.effectiveFrom}`;
    case 'BillRateSet':
      return `price ${JSON.stringify(data.scope)} ${data.effectiveFrom}`;
    case 'RemainingEstimateRevised':
      return `estimate ${data.stageId} ${data.revisedOn}`;
    case 'ManagerReplaced':
    case 'BackupManagerAssigned':
      return 'managers';
    case 'InvoiceIssued':
    case 'PaymentRecorded':
    case 'InvoiceVoided':
    case 'PaymentVoided':
      return `invoice ${data.invoiceId}`;
    case 'ExpenseRecorded':
    case 'ExpenseVoided':
      return `expense ${data.expenseId}`;
    case 'ExtraPaymentProposed':
    case 'ExtraPaymentAgreed':
      return `extra ${data.extraPaymentId}`;
    default:
      return `event ${index}`;
  }
};

/** The same events in another order; `picks` says which group goes on next. */
const reordered = (events: readonly PublishedEvent[], picks: Iterator<number>): PublishedEvent[] => {
  const numbered = events.map((event, index) => ({ event, group: groupOf(event, index) }));
  const groups = [...Map.groupBy(numbered, ({ group }) => group).values()];
  const result: PublishedEvent[] = [];
  while (groups.length > 0) {
    const index = (picks.next().value as number) % groups.length;
    const group = groups[index] as (typeof numbered)[number][];
    result.push((group.shift() as (typeof numbered)[number]).event);
    if (group.length === 0) groups.splice(index, 1);
  }
  return result;
};

t.test('the order of independent events does not matter', async (t) => {
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat(1_000)), days, async (taken, picks, asOf) => {
      // Whether hours are late is a matter of their order; so is which of two rates from one day counts, and what
      // becomes of a request.
      const ordered = ['close', 'reopen', 'period', 'rates', 'request', 'measure'] as const;
      const events = historyOf(without(taken, ...ordered, 'business', 'contact', 'timer'));
      const begun = events.slice(0, BEGUN);
      const others = [...begun, ...reordered(events.slice(BEGUN), picks)];
      await sameFigures(events, others, asOf);
      await sameFigures(events, others, LATER);
    }),
    { numRuns: RUNS },
  );
  t.pass(`${RUNS} histories`);
});

t.test('a rate that becomes known later gives the figures of one that was known from the first', async (t) => {
  const isRate = ({ type }: PublishedEvent) => type === 'CostRateSet' || type === 'BillRateSet';
  await fc.assert(
    fc.asyncProperty(steps, days, async (taken, asOf) => {
      const events = historyOf(without(taken, 'business', 'contact', 'timer'));
      const [begun, rest] = [events.slice(0, BEGUN), events.slice(BEGUN)];
      const rates = rest.filter(isRate);
      const facts = rest.filter((event) => !isRate(event));
      for (const day of [asOf, LATER]) {
        await sameFigures(events, [...begun, ...rates, ...facts], day);
        await sameFigures(events, [...begun, ...facts, ...rates], day);
      }
    }),
    { numRuns: RUNS },
  );
  t.pass(`${RUNS} histories`);
});

/** Every entry in two, where it has two seconds. */
const split = (events: readonly PublishedEvent[], cuts: Iterator<number>): PublishedEvent[] =>
  events.flatMap((event): PublishedEvent[] => {
    if (event.type !== 'HoursLogged' || event.data.seconds < 2) return [event];
    const first = 1 + ((cuts.next().value as number) % (event.data.seconds - 1));
    const { entryId, seconds } = event.data;
    return [
      { type: 'HoursLogged', data: { ...event.data, seconds: first } },
      { type: 'HoursLogged', data: { ...event.data, entryId: `${entryId}-rest`, seconds: seconds - first } },
    ];
  });

t.test('splitting entries, or merging them, changes no figure of any level', async (t) => {
  const touching = ['correct', 'void', 'adjust', 'judge'] as const;
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat(28_800)), days, async (taken, cuts, asOf) => {
      const events = historyOf(without(taken, ...touching, 'business', 'contact', 'timer'));
      const pieces = split(events, cuts);
      await sameFigures(events, pieces, asOf);
      await sameFigures(events, pieces, LATER);
    }),
    { numRuns: RUNS },
  );
  t.pass(`${RUNS} histories`);
});

/** A stage's closings and reopenings, one after the other and ever later; each stands somewhere in the history. */
const turns = fc.record({
  stage: fc.nat(STAGES.length - 1),
  steps: fc.array(fc.record({ later: fc.nat(12), place: fc.nat(1_000) }), { minLength: 1, maxLength: 6 }),
});

interface Turn {
  readonly on: string;
  readonly status: 'closed' | 'started';
  readonly event: PublishedEvent;
}

const FIRST_TURN = 30;

const turnsOf = (stage: number, steps: readonly { readonly later: number }[]): Turn[] => {
  let offset = FIRST_TURN;
  return steps.map(({ later }, index) => {
    offset += later;
    const on = dayAt(offset);
    const ids = stageIdsOf(stage);
    return index % 2 === 0
      ? { on, status: 'closed', event: { type: 'StageClosed', data: { ...ids, closedOn: on } } }
      : { on, status: 'started', event: { type: 'StageReopened', data: { ...ids, reopenedOn: on } } };
  });
};

/** The facts with the turns among them, in their order. */
const among = (facts: readonly PublishedEvent[], turned: readonly Turn[], places: readonly number[]) => {
  const sorted = places.map((place) => BEGUN + (place % (facts.length - BEGUN + 1))).sort((one, other) => one - other);
  return facts
    .flatMap((fact, index) => [...turned.filter((_, turn) => sorted[turn] === index).map(({ event }) => event), fact])
    .concat(turned.filter((_, turn) => sorted[turn] === facts.length).map(({ event }) => event));
};

t.test('a stage closed and reopened any number of times keeps its history and its figures', async (t) => {
  await fc.assert(
    fc.asyncProperty(steps, turns, async (taken, { stage, steps: turning }) => {
      const facts = historyOf(without(taken, 'close', 'reopen', 'business', 'contact', 'timer'));
      const turned = turnsOf(stage, turning);
      const events = among(
        facts,
        turned,
        turning.map(({ place }) => place),
      );
      // What came while it stood closed is marked late, and counts.
      const late = ['lateSeconds'];
      const last = turned.at(-1) as Turn;
      const onceClosed = last.status === 'closed' ? [...facts, last.event] : facts;
      // What had been earned by the end of a month in which it stood closed is that month's for ever.
      const withinAMonth = new Set(turned.map(({ on }) => on.slice(0, 7))).size === 1;
      await sameFigures(events, onceClosed, LATER, withinAMonth ? late : [...late, 'groups']);
      const ask = await askedInMemory(events);
      for (const { on } of turned) {
        const { status } = turned.findLast((turn) => turn.on <= on) as Turn;
        const { stages } = await everyLevel(ask, on);
        if (stages[stage]?.status !== status) throw new Error(`on ${on} it is ${stages[stage]?.status}, not ${status}`);
      }
      await sameFigures(events, facts, dayAt(FIRST_TURN - 1), late);
    }),
    { numRuns: RUNS },
  );
  t.pass(`${RUNS} histories`);
});

/** Amounts in a currency whose rate changes, so that taking them back at another day's rate would show. */
const abroad = (events: readonly PublishedEvent[]): PublishedEvent[] =>
  events.map((event): PublishedEvent => {
    if (event.type === 'ExpenseRecorded') {
      return { ...event, data: { ...event.data, amount: { ...event.data.amount, currency: 'EUR' } } };
    }
    return event;
  });

const exchange: readonly PublishedEvent[] = [
  { type: 'ExchangeRateSet', data: { currency: 'EUR', rate: '97.123456', effectiveFrom: '2026-02-20' } },
  { type: 'ExchangeRateSet', data: { currency: 'EUR', rate: '101.5', effectiveFrom: '2026-03-20' } },
];

const TAKEN_BACK = '2026-07-01';

/** Voids of every expense, invoice and payment: by the books of open months (`null`), or on a day of a later one. */
const voidsOf = (facts: readonly PublishedEvent[], postedOn: string | null): PublishedEvent[] => {
  const voids = facts.flatMap((event): PublishedEvent[] => {
    if (event.type === 'ExpenseRecorded') {
      const { expenseId, stageId, projectId, clientId } = event.data;
      return [{ type: 'ExpenseVoided', data: { expenseId, stageId, projectId, clientId, postedOn } }];
    }
    if (event.type === 'PaymentRecorded') {
      const { paymentId, invoiceId, clientId, lines, paidOn } = event.data;
      return [{ type: 'PaymentVoided', data: { paymentId, invoiceId, clientId, lines, paidOn, postedOn } }];
    }
    if (event.type !== 'InvoiceIssued') return [];
    const { invoiceId, clientId, lines, issuedOn } = event.data;
    return [{ type: 'InvoiceVoided', data: { invoiceId, clientId, lines, issuedOn, postedOn } }];
  });
  return voids.sort((one, other) => Number(one.type === 'InvoiceVoided') - Number(other.type === 'InvoiceVoided'));
};

t.test(
  'what is voided is as if it had never been; a closed month keeps it until the day that takes it back',
  async (t) => {
    const voidable = new Set(['ExpenseRecorded', 'InvoiceIssued', 'PaymentRecorded']);
    await fc.assert(
      fc.asyncProperty(steps, days, async (taken, asOf) => {
        const left = without(taken, 'unspend', 'unpay', 'uninvoice', 'business', 'contact', 'timer');
        const facts = [...abroad(historyOf(left)), ...exchange];
        const others = facts.filter(({ type }) => !voidable.has(type));
        for (const day of [asOf, LATER]) await sameFigures([...facts, ...voidsOf(facts, null)], others, day);
        const posted = [...facts, ...voidsOf(facts, TAKEN_BACK)];
        await sameFigures(posted, facts, '2026-06-30');
        // Kinds of expenses that were there are still named, with nothing left in them.
        await sameFigures(posted, others, LATER, ['byExpense', 'groups']);
      }),
      { numRuns: RUNS },
    );
    t.pass(`${RUNS} histories`);
  },
);
