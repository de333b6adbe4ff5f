import { z } from 'zod';
import { event } from './event.ts';
import { id, MAX_MINOR, money, month } from './values.ts';

export const factSource = z.enum(['client', 'analytics', 'estimate']);

const fact = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({
    stated: value,
    /** The range within which the true value lies; equal to `stated` when nothing is known of it. */
    low: value,
    high: value,
    source: factSource,
  });

/** A share of one as a decimal string. */
const ratio = z.string().regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/);

/** Facts of the client's own business, from a month on. A fact that is `null` is still to be asked. */
export const businessFactsRecorded = event('BusinessFactsRecorded', 1, {
  clientId: id,
  effectiveFrom: month,
  /** Share of site visitors who inquire. */
  conversion: fact(ratio).nullable(),
  /** Share of inquiries that become a sale. */
  closeRate: fact(ratio).nullable(),
  averageCheck: fact(money).nullable(),
  /** Share of the check that is left after the cost of goods. */
  grossMargin: fact(ratio).nullable(),
});

const count = z.int().min(0).max(MAX_MINOR);

/** Monthly figures before our work, against which the gain is counted. */
export const baselineSet = event('BaselineSet', 1, {
  projectId: id,
  clientId: id,
  periodFrom: month,
  periodTo: month,
  visitors: count.nullable(),
  inquiries: count.nullable(),
});

/** What was counted in one month; a repeated month replaces what was recorded before. */
export const metricRecorded = event('MetricRecorded', 1, {
  projectId: id,
  clientId: id,
  month,
  visitors: count.nullable(),
  inquiries: count.nullable(),
  calls: count.nullable(),
  forms: count.nullable(),
  sales: count.nullable(),
  turnover: money.nullable(),
  advertisingSpend: money.nullable(),
});

export const businessFactsEvents = [businessFactsRecorded] as const;
export const projectMetricsEvents = [baselineSet, metricRecorded] as const;
