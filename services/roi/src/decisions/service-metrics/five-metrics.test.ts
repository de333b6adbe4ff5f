import fc from 'fast-check';
import t from 'tap';
import type { Baseline, FactsFrom, Metric } from '../roi/facts.ts';
import { type MeasuredMonth, metricNames, metricsOfAll, metricsOfMonth } from './five-metrics.ts';

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const certain = <Value>(stated: Value) => ({
  stated,
  low: stated,
  high: stated,
  source: 'client' as const,
  measuredFrom: null,
  measuredTo: null,
});
const facts: FactsFrom[] = [
  {
    effectiveFrom: '2025-10',
    conversion: null,
    closeRate: certain('0.25'),
    averageCheck: certain(rub(1_200_000)),
    grossMargin: certain('0.5'),
  },
];
/** Three months with 60 inquiries, 5,400 visitors, 24 calls, 90,000 paid and 180,000 taken. */
const baseline: Baseline = {
  periodFrom: '2025-07',
  periodTo: '2025-09',
  totalVisitors: 5400,
  totalInquiries: 60,
  totalCalls: 24,
  totalForms: null,
  totalSales: null,
  totalTurnover: 18_000_000,
  totalPromotionCost: 9_000_000,
};
const metric = (month: string, change: Partial<Metric> = {}): Metric => ({
  month,
  visitors: 2_500,
  inquiries: 40,
  calls: 20,
  turnoverMinor: null,
  advertisingSpendMinor: null,
  ...change,
});
const measured = (month: string, cost: bigint, change: Partial<Metric> = {}): MeasuredMonth => ({
  month,
  cost,
  metric: metric(month, change),
});

t.test('the five of a month against the baseline, by hand', async (t) => {
  // 65,000 paid: / 40 = 1,625 (before: 90,000 / 60 = 1,500); / 2,500 = 26 (16.67); / 20 = 3,250 (3,750).
  // Turnover 40 x 0.25 x 12,000 = 120,000 (60,000 a month before); x 0.5 / 2,500 = 24 a visitor (90,000 / 5,400 = 16.67).
  t.strictSame(metricsOfMonth(measured('2026-01', 6_500_000n), baseline, facts), {
    month: '2026-01',
    turnoverBasis: 'derived',
    costPerInquiry: { value: 162_500n, baseline: 150_000n, change: '0.083333', better: false },
    costPerVisitor: { value: 2_600n, baseline: 1_667n, change: '0.559688', better: false },
    costPerCall: { value: 325_000n, baseline: 375_000n, change: '-0.133333', better: true },
    profitPerVisitor: { value: 2_400n, baseline: 1_667n, change: '0.439712', better: true },
    turnoverFromInquiries: { value: 12_000_000n, baseline: 6_000_000n, change: '1.000000', better: true },
  });
  const recorded = metricsOfMonth(measured('2026-01', 1n, { turnoverMinor: 700 }), baseline, facts);
  t.match(recorded, { turnoverBasis: 'recorded', turnoverFromInquiries: { value: 700n } }, 'what was counted holds');
});

t.test('a denominator of zero and what was not counted give null, never 0', async (t) => {
  const none = metricsOfMonth(measured('2026-01', 5n, { inquiries: 0, visitors: 0, calls: null }), baseline, facts);
  for (const name of ['costPerInquiry', 'costPerVisitor', 'costPerCall', 'profitPerVisitor'] as const)
    t.match(none[name], { value: null, change: null, better: null }, name);
  t.equal(none.turnoverFromInquiries.value, 0n, 'no inquiries brought nothing');
  const uncounted = metricsOfMonth({ month: '2026-01', cost: 5n, metric: undefined }, null, facts);
  t.match(uncounted, { turnoverBasis: null, turnoverFromInquiries: { value: null, baseline: null } });
  t.match(metricsOfMonth(measured('2025-09', 5n), baseline, facts), { turnoverFromInquiries: { value: null } });
  const free = metricsOfMonth(measured('2026-01', 5n), { ...baseline, totalPromotionCost: 0 }, facts);
  t.match(free.costPerInquiry, { baseline: 0n, change: null, better: null }, 'nothing was paid before: no ratio');
});

t.test('all months together are sums over sums, each over the months that count it', async (t) => {
  const months = [
    measured('2026-01', 6_500_000n),
    measured('2026-02', 3_500_000n, { inquiries: 60, calls: null }),
    { month: '2026-03', cost: 9_000_000n, metric: undefined },
  ];
  // (65,000 + 35,000) / 100 inquiries; / 5,000 visitors; 65,000 / 20 calls; turnover 120,000 + 180,000 against 2 x 60,000.
  t.match(metricsOfAll(months, baseline, facts), {
    costPerInquiry: { value: 100_000n, baseline: 150_000n, better: true },
    costPerVisitor: { value: 2_000n },
    costPerCall: { value: 325_000n },
    profitPerVisitor: { value: 3_000n },
    turnoverFromInquiries: { value: 30_000_000n, baseline: 12_000_000n, change: '1.500000' },
  });
  t.match(metricsOfAll([], null, facts), { costPerInquiry: { value: null }, turnoverFromInquiries: { value: null } });
});

t.test('one month alone is its own total', async (t) => {
  const count = fc.option(fc.nat(100_000), { nil: null });
  fc.assert(
    fc.property(
      fc.nat(1_000_000_000),
      count,
      count,
      count,
      count,
      (cost, inquiries, visitors, calls, turnoverMinor) => {
        const month = measured('2026-01', BigInt(cost), { inquiries, visitors, calls, turnoverMinor });
        const [one, all] = [metricsOfMonth(month, baseline, facts), metricsOfAll([month], baseline, facts)];
        return metricNames.every((name) => one[name].value === all[name].value);
      },
    ),
  );
  t.pass('whatever was counted');
});
