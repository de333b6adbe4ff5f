import type { allEvents, EventUnion } from '@headroom/contracts/events';
import { stageIds } from '@headroom/contracts/examples/worked-example';

type PublishedEvent = EventUnion<(typeof allEvents)[number]>;

const { clientId, projectId } = stageIds;
const MONTHS = ['2026-02', '2026-03', '2026-04'] as const;
const rub = (minor: number) => ({ minor, currency: 'RUB' });
const certain = (stated: string) => ({ stated, low: stated, high: stated, source: 'client' as const });

const metric = (month: string, amount: number): PublishedEvent => ({
  type: 'MetricRecorded',
  data: {
    clientId,
    projectId,
    month,
    visitors: amount,
    inquiries: amount % 97,
    calls: null,
    forms: null,
    sales: null,
    turnover: null,
    advertisingSpend: rub(amount),
  },
});

const baseline = (_: string, amount: number): PublishedEvent => ({
  type: 'BaselineSet',
  data: {
    clientId,
    projectId,
    periodFrom: '2025-10',
    periodTo: '2025-12',
    totalVisitors: amount,
    totalInquiries: amount % 97,
    totalCalls: null,
    totalForms: null,
    totalSales: null,
    totalTurnover: rub(amount),
    totalPromotionCost: null,
  },
});

const facts = (month: string, amount: number): PublishedEvent => ({
  type: 'BusinessFactsRecorded',
  data: {
    clientId,
    effectiveFrom: month,
    measuredFrom: null,
    measuredTo: null,
    conversion: null,
    closeRate: amount % 2 === 0 ? certain('0.25') : null,
    averageCheck: { stated: rub(amount), low: rub(0), high: rub(amount), source: 'estimate' },
    grossMargin: amount % 3 === 0 ? certain('0.5') : null,
  },
});

const sharing = (month: string, amount: number): PublishedEvent => ({
  type: 'EffectShared',
  data: {
    clientId,
    projectId,
    effectiveFrom: month,
    shares: [
      { projectId, share: amount % 2 === 0 ? '0.6' : null },
      { projectId: 'ads', share: amount % 2 === 0 ? '0.4' : null },
    ],
  },
});

const benchmark = (_: string, amount: number): PublishedEvent => ({
  type: 'BenchmarkRecorded',
  data: {
    benchmarkId: `benchmark-${amount % 3}`,
    clientId,
    kind: 'competitor',
    name: 'Granit',
    metric: 'average-check',
    value: amount,
    percentiles: [],
    source: 'Their price list',
    observedOn: '2026-02-10',
  },
});

const definition = (_: string, amount: number): PublishedEvent => ({
  type: 'MetricDefined',
  data: {
    metricId: `metric-${amount % 3}`,
    name: 'Forms',
    counts: 'forms',
    controllableByUs: amount % 2 === 0,
    affectsBusiness: true,
    rationale: null,
  },
});

const estimates = (month: string, amount: number, number: number): PublishedEvent[] => {
  const estimateId = `estimate-${number}`;
  const each = <Value>(value: Value) => ({ low: value, base: value, high: value });
  const shared: PublishedEvent = {
    type: 'RoiEstimateShared',
    data: {
      estimateId,
      clientId,
      title: 'Promotion',
      sharedOn: '2026-01-20',
      setup: rub(0),
      monthlyFee: rub(amount),
      months: 1,
      gainsMinor: each([amount]),
      roi: each(null),
      paybackMonth: each(null),
      formulaVersion: '2026.1',
    },
  };
  return [shared, { type: 'RoiEstimateLinked', data: { estimateId, projectId, clientId, startMonth: month } }];
};

const happenings = [metric, baseline, facts, sharing, benchmark, definition, estimates];

/** Something that is recorded of the client's own business. */
export const ofTheBusiness = (
  { what, month, amount }: { readonly what: number; readonly month: number; readonly amount: number },
  number: number,
): PublishedEvent | readonly PublishedEvent[] | undefined =>
  happenings[what]?.(MONTHS[month] ?? MONTHS[0], amount, number);
