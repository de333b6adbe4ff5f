import { z } from 'zod';
import { event } from './event.ts';
import { date, id, MAX_MINOR, month, name, note, share, unsignedMoney } from './values.ts';

export const factSource = z.enum(['client', 'analytics', 'estimate']);

/** A fact with the range within which its true value lies: `low <= stated <= high`, all equal where nobody is in doubt. */
const fact = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ stated: value, low: value, high: value, source: factSource });

export const shareFact = fact(share);
export const moneyFact = fact(unsignedMoney);
export type ShareFact = z.infer<typeof shareFact>;
export type MoneyFact = z.infer<typeof moneyFact>;

/**
 * Facts of the client's own business, from a month on. A `null` says nothing: what was recorded before holds on.
 * Version 2 tells the months over which the figures were measured.
 */
export const businessFactsRecorded = event('BusinessFactsRecorded', 2, {
  clientId: id,
  effectiveFrom: month,
  /** The months over which the figures were counted, the last one included; null when nobody said. */
  measuredFrom: month.nullable(),
  measuredTo: month.nullable(),
  /** Share of site visitors who inquire. */
  conversion: shareFact.nullable(),
  /** Share of inquiries that become a sale. */
  closeRate: shareFact.nullable(),
  averageCheck: moneyFact.nullable(),
  /** Share of the check that is left after the cost of goods. */
  grossMargin: shareFact.nullable(),
});

const MOST_SHARING = 20;

/**
 * From a month on several projects share the effect that is measured at one of them, which is among them: by stated
 * shares, or, where none is stated, by what each has cost so far. One project alone shares nothing any more.
 */
export const effectShared = event('EffectShared', 1, {
  clientId: id,
  /** Where the effect is measured. */
  projectId: id,
  effectiveFrom: month,
  shares: z
    .array(z.strictObject({ projectId: id, share: share.nullable() }))
    .min(1)
    .max(MOST_SHARING),
});

/** Who shares an effect, from a month on. */
export type EffectShares = Omit<z.infer<(typeof effectShared)['schema']>, 'clientId'>;

const MAX_COUNT = 1_000_000_000;
export const count = z.int().min(0).max(MAX_COUNT);

/**
 * What was counted before our work, from one month up to and with another; a newer baseline replaces it. Version 2 counts
 * all that the service metrics are compared with.
 */
export const baselineSet = event('BaselineSet', 2, {
  projectId: id,
  clientId: id,
  periodFrom: month,
  periodTo: month,
  /** Over the whole period, not a month: a monthly mean would have to be rounded. */
  totalVisitors: count.nullable(),
  totalInquiries: count.nullable(),
  totalCalls: count.nullable(),
  totalForms: count.nullable(),
  totalSales: count.nullable(),
  totalTurnover: unsignedMoney.nullable(),
  /** All that was paid to bring visitors: fees and advertising. */
  totalPromotionCost: unsignedMoney.nullable(),
});

/** What was counted in one month; a repeated month replaces the whole of what was recorded before. */
export const metricRecorded = event('MetricRecorded', 1, {
  projectId: id,
  clientId: id,
  month,
  visitors: count.nullable(),
  inquiries: count.nullable(),
  calls: count.nullable(),
  forms: count.nullable(),
  sales: count.nullable(),
  turnover: unsignedMoney.nullable(),
  advertisingSpend: unsignedMoney.nullable(),
});

export const benchmarkMetric = z.enum([
  'conversion',
  'close-rate',
  'gross-margin',
  'average-check',
  'cost-per-inquiry',
  'cost-per-visitor',
  'cost-per-call',
  'profit-per-visitor',
]);
export type BenchmarkMetric = z.infer<typeof benchmarkMetric>;

/** A share as a decimal string, or an amount in minor units of the agency's currency: which, the metric tells. */
export const benchmarkValue = z.union([share, z.int().min(0).max(MAX_MINOR)]);

/** What is usual in the client's industry, or what a competitor has; recorded again under its id it is replaced. */
export const benchmarkRecorded = event('BenchmarkRecorded', 1, {
  benchmarkId: id,
  clientId: id,
  kind: z.enum(['industry', 'competitor']),
  /** Of the industry or of the competitor. */
  name,
  metric: benchmarkMetric,
  /** One value, or for an industry the values at two or more percentiles, the lowest first. */
  value: benchmarkValue.nullable(),
  percentiles: z.array(z.strictObject({ percentile: z.int().min(1).max(99), value: benchmarkValue })).max(9),
  source: note,
  observedOn: date,
});

export const businessFactsEvents = [businessFactsRecorded, effectShared, benchmarkRecorded] as const;
export const projectMetricsEvents = [baselineSet, metricRecorded] as const;
