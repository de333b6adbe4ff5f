import { monthsBetween } from '@headroom/kernel';
import { divideRounded, ONE, ratioOf } from '@headroom/money';
import type { Baseline, FactsFrom, Metric } from '../roi/facts.ts';
import { grossProfitMillionths, type Turnover, turnoverOf } from './turnover.ts';

export const metricNames = [
  'costPerInquiry',
  'costPerVisitor',
  'costPerCall',
  'profitPerVisitor',
  'turnoverFromInquiries',
] as const;
export type MetricName = (typeof metricNames)[number];

/** A service metric in minor units, beside what it was before our work. */
export interface Compared {
  readonly value: bigint | null;
  readonly baseline: bigint | null;
  /** `(value - baseline) / baseline`. */
  readonly change: string | null;
  /** Costs are better when lower, profit and turnover when higher; null when equal or not known. */
  readonly better: boolean | null;
}

export type FiveMetrics = Readonly<Record<MetricName, Compared>>;

/** What one or more months brought; null where it was not counted in all of them. */
interface Brought {
  readonly cost: bigint | null;
  readonly inquiries: number | null;
  readonly visitors: number | null;
  readonly calls: number | null;
  readonly turnover: bigint | null;
  readonly grossProfitMillionths: bigint | null;
}

const LOWER_IS_BETTER: ReadonlySet<MetricName> = new Set(['costPerInquiry', 'costPerVisitor', 'costPerCall']);

const per = (amount: bigint | null, count: number | null, scale = 1n): bigint | null =>
  amount === null || count === null || count === 0 ? null : divideRounded(amount, BigInt(count) * scale);

/**
 * Cost of an inquiry = (fee + advertising) / inquiries, and likewise of a visitor and of a call; profit per visitor =
 * gross profit from the site / visitors; turnover from inquiries. The talk's slide prints the cost of an inquiry upside
 * down, as inquiries / budget; the figure that the name means is budget / inquiries, and that is what is computed.
 */
const valuesOf = (brought: Brought): Readonly<Record<MetricName, bigint | null>> => ({
  costPerInquiry: per(brought.cost, brought.inquiries),
  costPerVisitor: per(brought.cost, brought.visitors),
  costPerCall: per(brought.cost, brought.calls),
  profitPerVisitor: per(brought.grossProfitMillionths, brought.visitors, ONE),
  turnoverFromInquiries: brought.turnover,
});

const compared = (name: MetricName, value: bigint | null, baseline: bigint | null): Compared => {
  const known = value !== null && baseline !== null;
  const difference = known ? value - baseline : 0n;
  return {
    value,
    baseline,
    change: known ? ratioOf(difference, baseline) : null,
    better: difference === 0n ? null : difference < 0n === LOWER_IS_BETTER.has(name),
  };
};

/**
 * What the baseline's period would have brought in `months` months. Turnover and gross profit that were not counted then
 * follow from the facts that hold in `month`, so that what differs is the work and not the margin.
 */
const before = (baseline: Baseline, facts: readonly FactsFrom[], month: string, months: number): Brought => {
  const period = BigInt(monthsBetween(baseline.periodFrom, baseline.periodTo) + 1);
  const turnover = turnoverOf(baseline.totalTurnover, baseline.totalInquiries, facts, month);
  return {
    cost: baseline.totalPromotionCost === null ? null : BigInt(baseline.totalPromotionCost),
    inquiries: baseline.totalInquiries,
    visitors: baseline.totalVisitors,
    calls: baseline.totalCalls,
    turnover: turnover === null ? null : divideRounded(turnover.minor * BigInt(months), period),
    grossProfitMillionths: grossProfitMillionths(turnover, facts, month),
  };
};

const NOTHING: Brought = {
  cost: null,
  inquiries: null,
  visitors: null,
  calls: null,
  turnover: null,
  grossProfitMillionths: null,
};

const fiveOf = (now: Brought, then: Brought): FiveMetrics => {
  const [values, baselines] = [valuesOf(now), valuesOf(then)];
  const all = metricNames.map((name) => [name, compared(name, values[name], baselines[name])] as const);
  return Object.fromEntries(all) as Record<MetricName, Compared>;
};

/** A month to be measured: what was paid in it, in minor units, and what was counted. */
export interface MeasuredMonth {
  readonly month: string;
  readonly cost: bigint;
  readonly metric: Metric | undefined;
}

export interface MonthsMetrics extends FiveMetrics {
  readonly month: string;
  readonly turnoverBasis: Turnover['basis'] | null;
}

/** The five service metrics of a month, against the baseline. */
export const metricsOfMonth = (
  { month, cost, metric }: MeasuredMonth,
  baseline: Baseline | null,
  facts: readonly FactsFrom[],
): MonthsMetrics => {
  const turnover = metric === undefined ? null : turnoverOf(metric.turnoverMinor, metric.inquiries, facts, month);
  const now: Brought =
    metric === undefined
      ? NOTHING
      : {
          cost,
          inquiries: metric.inquiries,
          visitors: metric.visitors,
          calls: metric.calls,
          turnover: turnover?.minor ?? null,
          grossProfitMillionths: grossProfitMillionths(turnover, facts, month),
        };
  const then = baseline === null ? NOTHING : before(baseline, facts, month, 1);
  return { month, turnoverBasis: turnover?.basis ?? null, ...fiveOf(now, then) };
};

const sum = <Value extends bigint | number>(values: readonly Value[], add: (one: Value, other: Value) => Value) =>
  values.length === 0 ? null : values.reduce(add);
const added = (values: readonly bigint[]): bigint | null => sum(values, (one, other) => one + other);
const counted = (values: readonly number[]): number | null => sum(values, (one, other) => one + other);

/**
 * The five service metrics of all months together: sums over sums, never a mean of the months. Each is taken over the
 * months in which its own count is known, and over their cost alone.
 */
export const metricsOfAll = (
  months: readonly MeasuredMonth[],
  baseline: Baseline | null,
  facts: readonly FactsFrom[],
): FiveMetrics => {
  const known = months.flatMap(({ month, cost, metric }) => (metric === undefined ? [] : [{ month, cost, metric }]));
  const over = (count: 'inquiries' | 'visitors' | 'calls') => {
    const those = known.filter(({ metric }) => metric[count] !== null);
    return {
      cost: added(those.map(({ cost }) => cost)),
      [count]: counted(those.map(({ metric }) => metric[count] ?? 0)),
    };
  };
  const turnovers = known.flatMap(({ month, metric }) => {
    const turnover = turnoverOf(metric.turnoverMinor, metric.inquiries, facts, month);
    return turnover === null ? [] : [{ month, metric, turnover }];
  });
  const profits = turnovers.flatMap(({ month, metric, turnover }) => {
    const profit = grossProfitMillionths(turnover, facts, month);
    return profit === null || metric.visitors === null ? [] : [{ profit, visitors: metric.visitors }];
  });
  const last = months.at(-1)?.month ?? '';
  const then = baseline === null ? NOTHING : before(baseline, facts, last, turnovers.length);
  const total = (brought: Partial<Brought>) => valuesOf({ ...NOTHING, ...brought });
  const values: Readonly<Record<MetricName, bigint | null>> = {
    costPerInquiry: total(over('inquiries')).costPerInquiry,
    costPerVisitor: total(over('visitors')).costPerVisitor,
    costPerCall: total(over('calls')).costPerCall,
    profitPerVisitor: total({
      grossProfitMillionths: added(profits.map(({ profit }) => profit)),
      visitors: counted(profits.map(({ visitors }) => visitors)),
    }).profitPerVisitor,
    turnoverFromInquiries: added(turnovers.map(({ turnover }) => turnover.minor)),
  };
  const baselines = valuesOf(then);
  const all = metricNames.map((name) => {
    const compareWith = values[name] === null && name === 'turnoverFromInquiries' ? null : baselines[name];
    return [name, compared(name, values[name], compareWith)] as const;
  });
  return Object.fromEntries(all) as Record<MetricName, Compared>;
};
