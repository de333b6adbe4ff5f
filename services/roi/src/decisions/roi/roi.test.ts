import fc from 'fast-check';
import t from 'tap';
import { estimate } from './estimate.ts';
import type { Baseline, FactsFrom, Metric } from './facts.ts';
import { gainOf } from './gain.ts';
import { missingOf } from './missing.ts';
import { addProjects, outcomeOf, withinRange } from './outcome.ts';
import { type MonthFigures, monthEnds, monthsOf, type ProjectFacts, projectMonths } from './project-months.ts';

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const certain = <Value>(stated: Value, low = stated, high = stated) => ({
  stated,
  low,
  high,
  source: 'client' as const,
  measuredFrom: null,
  measuredTo: null,
});

/** 60 inquiries in three months: 20 a month. */
const baseline: Baseline = {
  periodFrom: '2025-07',
  periodTo: '2025-09',
  totalVisitors: 5400,
  totalInquiries: 60,
  totalCalls: null,
  totalForms: null,
  totalSales: null,
  totalTurnover: null,
  totalPromotionCost: null,
};
const facts: FactsFrom[] = [
  {
    effectiveFrom: '2025-10',
    conversion: certain('0.02'),
    closeRate: certain('0.25', '0.2', '0.3'),
    averageCheck: certain(rub(1_200_000)),
    grossMargin: certain('0.5'),
  },
];
const metric = (month: string, change: Partial<Metric> = {}): Metric => ({
  month,
  visitors: null,
  inquiries: 41,
  calls: null,
  turnoverMinor: null,
  advertisingSpendMinor: null,
  ...change,
});

t.test('a month’s gain, computed by hand', async (t) => {
  // (41 - 20) x 0.25 x 12,000 x 0.5 = 31,500; at 0.2 and 0.3: 25,200 and 37,800
  t.match(gainOf(metric('2026-01'), baseline, facts), {
    gain: { low: 2_520_000n, base: 3_150_000n, high: 3_780_000n },
    form: 'inquiries',
  });
  // (2,450 - 1,800) x 0.02 x 0.25 x 12,000 x 0.5 = 19,500
  const visitors = metric('2026-01', { inquiries: null, visitors: 2450 });
  t.match(gainOf(visitors, baseline, facts), { gain: { base: 1_950_000n }, form: 'visitors' });
  // Fewer than before is a loss, and the high close rate makes it larger: (14 - 20) x 0.25 x 6,000 = -9,000
  t.match(gainOf(metric('2026-01', { inquiries: 14 }), baseline, facts), {
    gain: { low: -1_080_000n, base: -900_000n, high: -720_000n },
  });
  // 61 in three months is 20.33 a month: (21 - 61/3) x 0.25 x 12,000 x 0.5 = 1,000, not the 1,500 of a rounded baseline
  const uneven = { ...baseline, totalInquiries: 61 };
  t.match(gainOf(metric('2026-01', { inquiries: 21 }), uneven, facts), { gain: { base: 100_000n } });
});

t.test('a fact holds from its month on, until a later one of its kind', async (t) => {
  const later: FactsFrom = {
    effectiveFrom: '2026-02',
    conversion: null,
    closeRate: null,
    averageCheck: certain(rub(2_400_000)),
    grossMargin: null,
  };
  const known = [...facts, later];
  t.match(gainOf(metric('2026-01'), baseline, known), { gain: { base: 3_150_000n } });
  t.match(gainOf(metric('2026-02'), baseline, known), {
    gain: { base: 6_300_000n },
    applied: [{ name: 'closeRate', effectiveFrom: '2025-10' }, { effectiveFrom: '2026-02' }, {}],
  });
  t.strictSame(gainOf(metric('2025-09'), baseline, known), { missing: ['closeRate', 'averageCheck', 'grossMargin'] });
});

t.test('what is missing is told', async (t) => {
  const only = (change: Partial<FactsFrom>): FactsFrom[] => facts.map((each) => ({ ...each, ...change }));
  t.strictSame(gainOf(metric('2026-01'), baseline, only({ averageCheck: null })), { missing: ['averageCheck'] });
  t.match(gainOf(metric('2026-01'), baseline, only({ conversion: null })), { form: 'inquiries' }, 'it is not needed');
  const visitors = metric('2026-01', { inquiries: null, visitors: 2450 });
  t.strictSame(gainOf(visitors, baseline, only({ conversion: null })), { missing: ['conversion'] });
  t.strictSame(gainOf(metric('2026-01', { inquiries: null }), baseline, facts), { missing: ['counts'] });
  const noInquiries = { ...baseline, totalInquiries: null };
  t.match(gainOf(metric('2026-01', { visitors: 2450 }), noInquiries, facts), { form: 'visitors' });
  t.strictSame(gainOf(metric('2026-01'), noInquiries, facts), { missing: ['counts'] });
});

const project: ProjectFacts = {
  projectId: 'flora-site',
  name: 'Site of Flora',
  openedOn: '2025-10-06',
  baseline,
  metrics: [
    metric('2025-09', { inquiries: 900 }),
    metric('2025-12', { advertisingSpendMinor: 1_500_000 }),
    metric('2026-02'),
    metric('2026-03', { inquiries: 62 }),
    metric('2026-04', { inquiries: 900 }),
  ],
};
/** Earned by the end of October, November, December, January, February, and by 2026-03-15. */
const earned = [2_000_000, 5_000_000, 6_000_000, 6_000_000, 6_500_000, 6_500_000];

t.test('a project month by month', async (t) => {
  const months = monthsOf(project, '2026-03-15');
  t.strictSame(months, ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03']);
  t.strictSame(monthEnds(months, '2026-03-15').slice(-2), ['2026-02-28', '2026-03-15']);
  const counted = projectMonths(project, facts, earned, '2026-03-15');
  t.strictSame(
    counted.months.map(({ month, complete, gain, revenue, advertisingSpend }) => [
      month,
      complete,
      gain?.base ?? null,
      revenue,
      advertisingSpend,
    ]),
    [
      ['2025-10', true, null, 2_000_000n, 0n],
      ['2025-11', true, null, 3_000_000n, 0n],
      ['2025-12', true, 3_150_000n, 1_000_000n, 1_500_000n],
      ['2026-01', true, null, 0n, 0n],
      ['2026-02', true, 3_150_000n, 500_000n, 0n],
      ['2026-03', false, 6_300_000n, 0n, 0n],
    ],
    'the month of the baseline and the month to come do not count',
  );
  t.strictSame(counted.lacking, [{ fact: 'metric', month: '2026-01' }]);
  t.strictSame(counted.forms, ['inquiries']);
  t.strictSame(monthsOf({ ...project, openedOn: '2026-06-01', metrics: [] }, '2026-03-15'), [], 'it has not begun');
  t.equal(monthsOf({ ...project, openedOn: '2026-06-01' }, '2026-03-15')[0], '2025-12', 'counted before it was opened');
  const bare = projectMonths({ ...project, baseline: null, metrics: [] }, facts, earned, '2026-03-15');
  t.strictSame(bare.lacking, [
    { fact: 'baseline', month: null },
    { fact: 'metric', month: null },
  ]);
});

t.test('ROI and payback, computed by hand', async (t) => {
  const { months } = projectMonths(project, facts, earned, '2026-03-15');
  const outcome = outcomeOf(months);
  // gains 31,500 + 31,500 + 63,000 = 126,000; cost 65,000 + 15,000 = 80,000; (126 - 80) / 80
  t.strictSame([outcome.gain?.base, outcome.cost, outcome.roi.base], [12_600_000n, 8_000_000n, '0.575000']);
  t.strictSame(outcome.payback.base, { month: '2026-03', reached: true });
  t.strictSame(
    outcome.months.map(({ cumulativeGain, cumulativeCost }) => [cumulativeGain.base, cumulativeCost]),
    [
      [0n, 2_000_000n],
      [0n, 5_000_000n],
      [3_150_000n, 7_500_000n],
      [3_150_000n, 7_500_000n],
      [6_300_000n, 8_000_000n],
      [12_600_000n, 8_000_000n],
    ],
  );
  const none = outcomeOf([]);
  t.strictSame([none.gain, none.roi.base, none.payback.base, none.cost], [null, null, null, 0n]);
  const idle = outcomeOf(months.map((month) => ({ ...month, gain: null })));
  t.strictSame([idle.gain, idle.roi.base, idle.payback.base], [null, null, null], 'no gain is known, so none is told');
});

const month = (name: string, gain: number | null, cost: number, complete = true): MonthFigures => ({
  month: name,
  complete,
  gain: gain === null ? null : { low: BigInt(gain), base: BigInt(gain), high: BigInt(gain) },
  revenue: BigInt(cost),
  advertisingSpend: 0n,
});

t.test('payback is projected from the last three complete months', async (t) => {
  const payback = (...months: MonthFigures[]) => outcomeOf(months).payback.base;
  const start = [month('2025-12', 0, 1000), month('2026-01', 100, 50), month('2026-02', 200, 50)];
  // after March 600 of 1,150; a month nets (100 + 200 + 300 - 150) / 3 = 150; 550 / 150 = 3.67 -> 4 months
  t.strictSame(payback(...start, month('2026-03', 300, 50)), { month: '2026-07', reached: false });
  t.strictSame(
    payback(...start, month('2026-03', 300, 50), month('2026-04', 1, 1, false)),
    { month: '2026-07', reached: false },
    'a month that is not over is not taken as a whole one',
  );
  t.equal(payback(...start, month('2026-03', null, 50)), null, 'an unknown gain projects nothing');
  t.equal(payback(month('2026-02', 1, 1000), month('2026-03', 900, 1)), null, 'nor do two months');
  t.equal(payback(...start.map((each) => ({ ...each, gain: null })), month('2026-03', 1, 50)), null);
  t.equal(payback(month('2026-01', 1, 10 ** 6), month('2026-02', 1, 1), month('2026-03', 1, 0)), null, 'no net gain');
  t.equal(
    payback(month('2026-01', 0, 10 ** 9), month('2026-02', 0, 0), month('2026-03', 10 ** 9 + 1, 0))?.reached,
    true,
  );
  t.equal(payback(month('2026-01', 0, 0), month('2026-02', 5, 0)), null, 'where nothing was paid nothing is paid back');
  const far = [month('2026-01', 0, 10 ** 9), month('2026-02', 10 ** 9 - 9, 1), month('2026-03', 2, 1)];
  t.equal(payback(...far, month('2026-04', 1, 1), month('2026-05', 0, 0), month('2026-06', 1, 1)), null, 'never');
});

t.test('projects are added month by month', async (t) => {
  const sum = addProjects([
    [month('2026-01', 10, 1), month('2026-02', null, 2)],
    [month('2026-02', 5, 3), month('2026-03', null, 4)],
  ]);
  t.strictSame(
    sum.map(({ month, gain, revenue }) => [month, gain?.base ?? null, revenue]),
    [
      ['2026-01', 10n, 1n],
      ['2026-02', 5n, 5n],
      ['2026-03', null, 4n],
    ],
  );
  t.ok(withinRange(outcomeOf(sum)));
  t.notOk(withinRange(outcomeOf([month('2026-01', Number.MAX_SAFE_INTEGER, 0), month('2026-02', 1, 0)])));
});

t.test('what to ask the client', async (t) => {
  t.match(missingOf([]), [{ fact: 'project', projectId: null }]);
  const lacking = [
    { fact: 'metric', month: '2026-01' },
    { fact: 'metric', month: '2025-12' },
    { fact: 'counts', month: '2026-02' },
    { fact: 'averageCheck', month: '2026-03' },
    { fact: 'averageCheck', month: '2026-03' },
  ] as const;
  const asked = missingOf([
    { projectId: 'a', name: 'A', lacking },
    {
      projectId: 'b',
      name: 'B',
      lacking: [
        { fact: 'baseline', month: null },
        { fact: 'metric', month: null },
      ],
    },
  ]);
  t.strictSame(
    asked.map(({ fact, projectId, months }) => [fact, projectId, months]),
    [
      ['metric', 'a', ['2025-12', '2026-01']],
      ['inquiries', 'a', ['2026-02']],
      ['baseline', 'b', []],
      ['metric', 'b', []],
      ['average-check', null, ['2026-03']],
    ],
  );
  t.equal(asked[0]?.ask, 'How many inquiries and visitors did “A” bring in 2025-12, 2026-01?');
});

t.test('the estimate of the worked example', async (t) => {
  const inputs = {
    setupMinor: 20_000_000,
    monthlyFeeMinor: 5_000_000,
    gainsMinor: [3_000_000, 6_000_000, 9_000_000],
    months: 12,
  };
  const year = estimate(inputs);
  // month 7: 540,000 of 550,000; month 8: 630,000 of 600,000
  t.equal(year.paybackMonth, 8);
  t.strictSame(year.months[7], {
    month: 8,
    gainMinor: 9_000_000,
    costMinor: 5_000_000,
    cumulativeGainMinor: 63_000_000,
    cumulativeCostMinor: 60_000_000,
  });
  // 30 + 60 + 10 x 90 = 990; 200 + 12 x 50 = 800; 190 / 800
  t.strictSame([year.totalGainMinor, year.totalCostMinor, year.roi], [99_000_000, 80_000_000, '0.237500']);
  t.equal(estimate({ ...inputs, months: 2 }).paybackMonth, 8, 'it is looked for beyond the months asked for');
  t.equal(estimate({ ...inputs, gainsMinor: [5_000_000] }).paybackMonth, null, 'a gain no larger than the fee');
  const free = estimate({ setupMinor: 0, monthlyFeeMinor: 0, gainsMinor: [1], months: 1 });
  t.strictSame([free.roi, free.paybackMonth], [null, null]);
});

t.test('properties', async (t) => {
  const share = fc.nat(1_000_000).map((n) => (n / 1_000_000).toFixed(6));
  const ranged = (values: fc.Arbitrary<string>) =>
    fc.tuple(values, values, values).map((three) => {
      const [low, stated, high] = three.sort((one, other) => Number(one) - Number(other)) as [string, string, string];
      return certain(stated, low, high);
    });
  const check = fc
    .tuple(fc.nat(10 ** 9), fc.nat(10 ** 9), fc.nat(10 ** 9))
    .map((three) => three.sort((one, other) => one - other) as [number, number, number])
    .map(([low, stated, high]) => certain(rub(stated), rub(low), rub(high)));
  const someFacts = fc
    .record({ conversion: ranged(share), closeRate: ranged(share), averageCheck: check, grossMargin: ranged(share) })
    .map((each): FactsFrom[] => [{ effectiveFrom: '2025-10', ...each }]);
  const counts = fc.record({ visitors: fc.option(fc.nat(10 ** 6)), inquiries: fc.option(fc.nat(10 ** 6)) });

  fc.assert(
    fc.property(someFacts, counts, (known, counted) => {
      const found = gainOf(metric('2026-01', counted), baseline, known);
      return 'missing' in found || (found.gain.low <= found.gain.base && found.gain.base <= found.gain.high);
    }),
  );
  t.pass('low <= base <= high');

  fc.assert(
    fc.property(someFacts, fc.nat(10 ** 6), fc.integer({ min: 1, max: 50 }), (known, more, times) => {
      const base = (inquiries: number) => {
        const found = gainOf(metric('2026-01', { inquiries }), baseline, known);
        return 'missing' in found ? 0n : found.gain.base;
      };
      // 20 inquiries are the baseline; each gain is rounded once, by half a minor unit at most
      const error = base(20 + more * times) - BigInt(times) * base(20 + more);
      return base(20) === 0n && error <= BigInt(times) && error >= -BigInt(times);
    }),
  );
  t.pass('the gain is linear in what came on top');

  const anyMonths = fc
    .array(fc.record({ gain: fc.option(fc.integer({ min: -1000, max: 1000 })), cost: fc.nat(1000) }), {
      minLength: 1,
      maxLength: 30,
    })
    .map((list) =>
      list.map(({ gain, cost }, index) =>
        month(`${2020 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`, gain, cost),
      ),
    );
  fc.assert(
    fc.property(anyMonths, (months) => {
      const [before, after] = [outcomeOf(months.slice(0, -1)), outcomeOf(months)];
      const kept = after.months.slice(0, -1);
      const told = before.payback.base;
      const same = JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? String(value) : value));
      const was = JSON.stringify(before.months, (_, value) => (typeof value === 'bigint' ? String(value) : value));
      return same === was && (told?.reached !== true || after.payback.base?.month === told.month);
    }),
  );
  t.pass('adding a month changes no earlier one, nor a payback that was reached');

  fc.assert(
    fc.property(anyMonths, anyMonths, (one, other) => {
      const [sum, turned] = [outcomeOf(addProjects([one, other])), outcomeOf(addProjects([other, one]))];
      return (
        sum.cost === turned.cost &&
        sum.cost === outcomeOf(one).cost + outcomeOf(other).cost &&
        sum.roi.base === turned.roi.base
      );
    }),
  );
  t.pass('projects add up, in any order');

  fc.assert(
    fc.property(anyMonths, anyMonths, (one, other) => {
      const parts = [outcomeOf(one), outcomeOf(other)];
      const sum = outcomeOf(addProjects([one, other]));
      if (parts.some(({ roi }) => roi.base === null) || sum.roi.base === null) return true;
      const weighted = parts.reduce((all, { roi, cost }) => all + Number(roi.base) * Number(cost), 0);
      // Each ratio is rounded to six decimals.
      return Math.abs(weighted / Number(sum.cost) - Number(sum.roi.base)) <= 2e-6;
    }),
  );
  t.pass('the ROI of the sum is that of the parts, weighted by cost');

  const amounts = fc.array(fc.nat(10 ** 6), { minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(fc.nat(10 ** 7), fc.nat(10 ** 5), amounts, (setupMinor, monthlyFeeMinor, gainsMinor) => {
      const { paybackMonth, months } = estimate({ setupMinor, monthlyFeeMinor, gainsMinor, months: 120 });
      const first = months.find(({ cumulativeGainMinor: gain, cumulativeCostMinor: cost }) => cost > 0 && gain >= cost);
      return first === undefined ? paybackMonth === null || paybackMonth > 120 : paybackMonth === first.month;
    }),
  );
  t.pass('the payback month is the first that pays back');
});
