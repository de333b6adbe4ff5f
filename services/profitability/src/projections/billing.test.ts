import type { Billing, billRateEvents, EventUnion, invoiceEvents, stageEvents } from '@headroom/contracts/events';
import {
  agencyBegins,
  entry,
  rub,
  stageBegins,
  stageIds,
  type workedExample,
} from '@headroom/contracts/examples/worked-example';
import { foldInMemory } from '@headroom/projecting';
import fc from 'fast-check';
import t from 'tap';
import { recorded, TENANT } from '../../test-support/recorded.ts';
import { stageProfitabilityOf } from '../read-models/stage-profitability.ts';
import { type Configured, configured, viewStage } from '../read-models/stage-view.ts';
import { stageTable } from '../read-models/tables.ts';
import { profitabilityProjection } from './profitability.ts';

type Published =
  | (typeof workedExample)[number]
  | EventUnion<(typeof billRateEvents | typeof stageEvents | typeof invoiceEvents)[number]>;

const HOUR = 3_600;

const answerAfter = async (events: readonly Published[], asOf = '2026-03-31') => {
  const reader = (await foldInMemory([profitabilityProjection], recorded(events))).reader();
  const row = await reader.get(stageTable, TENANT, stageIds.stageId);
  const agency = (await configured(reader, TENANT)) as Configured;
  if (row === undefined) throw new Error('no stage');
  const view = await viewStage(reader, row, agency, asOf);
  return stageProfitabilityOf(view, { seesRates: true, basis: 'earned', knownAt: reader.position });
};

/** The worked example's stage, billed otherwise and planned with nothing, so that only what was done counts. */
const begun = (billing: Billing): Published[] => [
  ...agencyBegins,
  ...stageBegins.map((event): Published => {
    if (event.type === 'StagePlanned') return { ...event, data: { ...event.data, billing, plannedWork: [] } };
    if (event.type === 'StageStarted') {
      return { ...event, data: { ...event.data, baseline: { ...event.data.baseline, work: [] } } };
    }
    return event;
  }),
];

const logged = (...entries: ReturnType<typeof entry>[]): Published[] =>
  entries.map((data) => ({ type: 'HoursLogged', data }));

const billRate = (role: string, effectiveFrom: string, ratePerHour: string): Published => ({
  type: 'BillRateSet',
  data: {
    rateId: `${role}-${effectiveFrom}`,
    scope: { kind: 'role', role },
    effectiveFrom,
    ratePerHour,
    currency: 'RUB',
  },
});

const byTime = (capMinor?: number): Billing => ({
  kind: 'time-and-materials',
  cap: capMinor === undefined ? null : rub(capMinor),
});
const designers = [billRate('designer', '2026-01-01', '5000'), billRate('designer', '2026-03-16', '6000')];
// 8 h at 5,000 and 8 h at 6,000: 88,000. What is not billable, or given away, brings nothing.
const work = logged(
  entry('a1', 'anna', '2026-03-03', 8, 'production'),
  entry('a2', 'anna', '2026-03-16', 8, 'production'),
  entry('a3', 'anna', '2026-03-17', 2, 'rework', { billable: false }),
  entry('a4', 'anna', '2026-03-17', 1, 'production', { billable: false, goodwill: true }),
);

t.test('hours are billed at the rate of their work date', async (t) => {
  const stage = await answerAfter([...begun(byTime()), ...designers, ...work]);
  t.strictSame(stage.billing, {
    kind: 'time-and-materials',
    cap: null,
    monthlyFee: null,
    fromMonth: null,
    toMonth: null,
    monthsBegun: null,
    accrued: rub(8_800_000),
    beforeCap: rub(8_800_000),
    billableSeconds: 16 * HOUR,
    unpricedSeconds: 0,
  });
  t.strictSame([stage.contractRevenue, stage.revenue], [rub(8_800_000), rub(8_800_000)]);
  // All 19 h cost: 19 x 2,328 = 44,232.
  t.strictSame([stage.cost, stage.profit], [rub(4_423_200), rub(4_376_800)]);
  const middle = await answerAfter([...begun(byTime()), ...designers, ...work], '2026-03-10');
  t.strictSame(middle.revenue, rub(4_000_000), 'a day within a month needs no single entry');
});

t.test('the client pays no more than the cap', async (t) => {
  const stage = await answerAfter([...begun(byTime(6_000_000)), ...designers, ...work]);
  t.strictSame([stage.revenue, stage.billing.beforeCap], [rub(6_000_000), rub(8_800_000)]);
  const exactly = await answerAfter([...begun(byTime(8_800_000)), ...designers, ...work]);
  t.strictSame(exactly.revenue, rub(8_800_000));
});

t.test('hours without a bill rate are counted, never priced', async (t) => {
  const boris = logged(entry('b1', 'boris', '2026-03-04', 3, 'management'));
  const stage = await answerAfter([...begun(byTime()), ...designers, ...work, ...boris]);
  t.strictSame(stage.revenue, rub(8_800_000));
  t.strictSame([stage.quality.unpricedSeconds, stage.billing.unpricedSeconds], [3 * HOUR, 3 * HOUR]);
  const later = [...begun(byTime()), ...work, ...boris, ...designers, billRate('manager', '2026-03-01', '7000')];
  const priced = await answerAfter(later);
  t.strictSame([priced.revenue, priced.quality.unpricedSeconds], [rub(10_900_000), 0], 'a rate set later prices them');
});

t.test('what is still to do is in the forecast, and not earned yet', async (t) => {
  const estimate: Published = {
    type: 'RemainingEstimateRevised',
    data: {
      ...stageIds,
      revisedOn: '2026-03-20',
      remainingWork: [{ role: 'designer', seconds: 4 * HOUR }],
      remainingExpenses: rub(0),
    },
  };
  const stage = await answerAfter([...begun(byTime()), ...designers, ...work, estimate]);
  // 88,000 and 4 h at 6,000; EAC 23 x 2,328 = 53,544.
  t.strictSame([stage.contractRevenue, stage.revenue], [rub(11_200_000), rub(8_800_000)]);
  t.equal(stage.forecastMargin, '0.521929', '(112,000 - 53,544) / 112,000');
});

const retained: Billing = { kind: 'retainer', monthlyFee: rub(3_000_000), fromMonth: '2026-02', toMonth: '2026-05' };

t.test('a retainer brings its fee for every month that has begun', async (t) => {
  const on = async (day: string, ...more: Published[]) => answerAfter([...begun(retained), ...work, ...more], day);
  t.strictSame((await on('2026-03-01')).revenue, rub(0), 'the stage starts on the 2nd');
  t.strictSame((await on('2026-03-31')).revenue, rub(6_000_000), 'February and March');
  t.strictSame((await on('2026-04-01')).revenue, rub(9_000_000), 'April begins');
  t.strictSame((await on('2026-12-31')).revenue, rub(12_000_000), 'and no month after May');
  t.strictSame((await on('2026-03-31')).contractRevenue, rub(12_000_000), 'four months when all is done');
  const closed: Published = { type: 'StageClosed', data: { ...stageIds, closedOn: '2026-04-10' } };
  const early = await on('2026-06-30', closed);
  t.strictSame([early.revenue, early.contractRevenue], [rub(9_000_000), rub(9_000_000)], 'closed in its third month');
});

t.test('a write-off takes revenue, a voided expense was never there', async (t) => {
  const fixed: Billing = { kind: 'fixed', fee: rub(20_000_000) };
  const taxi: Published = {
    type: 'ExpenseRecorded',
    data: {
      expenseId: 'taxi',
      ...stageIds,
      category: 'travel',
      amount: rub(180_000),
      incurredOn: '2026-03-12',
      postedOn: null,
      note: null,
      externalRef: null,
    },
  };
  const late: Published = {
    type: 'RevenueWrittenOff',
    data: { writeOffId: 'late', ...stageIds, amount: rub(500_000), writtenOffOn: '2026-03-25' },
  };
  const closed: Published = { type: 'StageClosed', data: { ...stageIds, closedOn: '2026-03-20' } };
  const stage = await answerAfter([...begun(fixed), ...work, taxi, closed, late]);
  t.strictSame([stage.revenue, stage.writeOffs, stage.expenses], [rub(19_500_000), rub(500_000), rub(180_000)]);
  const before = await answerAfter([...begun(fixed), ...work, taxi, closed, late], '2026-03-24');
  t.strictSame(before.revenue, rub(20_000_000), 'dated later');
  const voided: Published = { type: 'ExpenseVoided', data: { expenseId: 'taxi', ...stageIds, postedOn: null } };
  const without = await answerAfter([...begun(fixed), ...work, taxi, voided, closed]);
  t.strictSame([without.expenses, without.cost], [rub(0), rub(4_423_200)]);
});

t.test('three bases side by side', async (t) => {
  const lines = (minor: number) => [{ stageId: stageIds.stageId, projectId: stageIds.projectId, amount: rub(minor) }];
  const invoice: Published = {
    type: 'InvoiceIssued',
    data: {
      invoiceId: 'i1',
      number: null,
      clientId: stageIds.clientId,
      lines: lines(10_000_000),
      total: rub(10_000_000),
      issuedOn: '2026-03-20',
      dueOn: '2026-04-03',
      externalRef: null,
    },
  };
  const payment: Published = {
    type: 'PaymentRecorded',
    data: {
      paymentId: 'p1',
      invoiceId: 'i1',
      clientId: stageIds.clientId,
      amount: rub(4_000_000),
      lines: lines(4_000_000),
      paidOn: '2026-03-25',
      externalRef: null,
    },
  };
  const { bases } = await answerAfter([...begun(byTime()), ...designers, ...work, invoice, payment]);
  // Cost 44,232 against 88,000, 100,000 and 40,000.
  t.strictSame(bases, {
    earned: { revenue: rub(8_800_000), profit: rub(4_376_800), margin: '0.497364' },
    invoiced: { revenue: rub(10_000_000), profit: rub(5_576_800), margin: '0.557680' },
    cash: { revenue: rub(4_000_000), profit: rub(-423_200), margin: '-0.105800' },
  });
});

t.test('properties', { timeout: 60_000 }, async (t) => {
  const seconds = fc.integer({ min: 2, max: 28_800 });
  const piece = fc.record({ day: fc.integer({ min: 2, max: 28 }), seconds, cut: fc.nat(), billable: fc.boolean() });
  const rates = fc.tuple(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 9_999_999 }));
  const rate = (units: number) => (units / 10_000).toFixed(4);
  const dated = (day: number) => `2026-03-${String(day).padStart(2, '0')}`;
  const one = (id: string, day: number, length: number, billable: boolean) =>
    entry(id, 'anna', dated(day), 1, 'production', { billable, seconds: length });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), rates, fc.nat(5_000_000), async (pieces, [low, high], cap) => {
      const prices = [billRate('designer', '2026-01-01', rate(low)), billRate('designer', '2026-03-16', rate(high))];
      const whole = pieces.map(({ day, seconds: length, billable }, i) => one(`w${i}`, day, length, billable));
      const split = pieces.flatMap(({ day, seconds: length, cut, billable }, i) => {
        const first = 1 + (cut % (length - 1));
        return [one(`x${i}`, day, first, billable), one(`y${i}`, day, length - first, billable)];
      });
      const stage = await answerAfter([...begun(byTime(cap)), ...prices, ...logged(...whole)]);
      // Pieces in another order, and rates set after the work.
      const other = await answerAfter([...begun(byTime(cap)), ...logged(...split.reverse()), ...prices]);
      const { knownAt: _, ...left } = stage;
      const { knownAt: __, ...right } = other;
      if (JSON.stringify(left) !== JSON.stringify(right)) throw new Error('a split or an order changed a figure');
      if ((stage.revenue?.minor ?? 0) > cap) throw new Error('more than the cap');
    }),
    { numRuns: 60 },
  );
  t.pass('splitting entries, their order and when rates are set change nothing; the cap holds');
});
