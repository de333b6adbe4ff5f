import { monthsBetween } from '@headroom/kernel';
import { divideRounded, millionths, ONE } from '@headroom/money';
import { type AppliedFact, type Baseline, type FactName, type FactsFrom, factIn, type Metric } from './facts.ts';

/** Minor units. `low` and `high` bound the gain, so `low <= base <= high` also where there is a loss. */
export interface Gain {
  readonly low: bigint;
  readonly base: bigint;
  readonly high: bigint;
}

export type Form = 'inquiries' | 'visitors';
export type MissingFact = FactName | 'counts';

export type MonthlyGain =
  | { readonly gain: Gain; readonly form: Form; readonly applied: readonly AppliedFact[] }
  | { readonly missing: readonly MissingFact[] };

/** What more there was than before: a fraction, since a month of the baseline is its total over its months. */
interface Surplus {
  readonly form: Form;
  readonly numerator: bigint;
  readonly months: bigint;
}

/** What more there was in a month than before; undefined where nothing that can be compared was counted. */
export const surplusOf = (metric: Metric, baseline: Baseline): Surplus | undefined => {
  const months = BigInt(monthsBetween(baseline.periodFrom, baseline.periodTo) + 1);
  const over = (form: Form, now: number, before: number): Surplus => ({
    form,
    numerator: BigInt(now) * months - BigInt(before),
    months,
  });
  if (metric.inquiries !== null && baseline.totalInquiries !== null) {
    return over('inquiries', metric.inquiries, baseline.totalInquiries);
  }
  if (metric.visitors !== null && baseline.totalVisitors !== null) {
    return over('visitors', metric.visitors, baseline.totalVisitors);
  }
  return undefined;
};

const needed: Readonly<Record<Form, readonly FactName[]>> = {
  inquiries: ['closeRate', 'averageCheck', 'grossMargin'],
  visitors: ['conversion', 'closeRate', 'averageCheck', 'grossMargin'],
};

/** The surplus times every fact at one of its values, rounded once. */
const worth = (
  { numerator, months }: Surplus,
  applied: readonly AppliedFact[],
  at: 'low' | 'stated' | 'high',
): bigint => {
  let product = numerator;
  let denominator = months;
  for (const fact of applied) {
    if (fact.name === 'averageCheck') product *= BigInt(fact[at]);
    else {
      product *= millionths(fact[at]);
      denominator *= ONE;
    }
  }
  return divideRounded(product, denominator);
};

/**
 * `(inquiries - baseline inquiries) x close rate x average check x gross margin`, or, where inquiries were not counted,
 * `(visitors - baseline visitors) x conversion x` the same; with each fact as it held in the month. What is missing for
 * it is told instead of guessed.
 */
export const gainOf = (metric: Metric, baseline: Baseline, facts: readonly FactsFrom[]): MonthlyGain => {
  const surplus = surplusOf(metric, baseline);
  if (surplus === undefined) return { missing: ['counts'] };
  const found = needed[surplus.form].map((name) => ({ name, fact: factIn(facts, name, metric.month) }));
  const missing = found.flatMap(({ name, fact }) => (fact === undefined ? [name] : []));
  if (missing.length > 0) return { missing };
  const applied = found.flatMap(({ fact }) => fact ?? []);
  const [low, high] = [worth(surplus, applied, 'low'), worth(surplus, applied, 'high')];
  const base = worth(surplus, applied, 'stated');
  return { gain: low <= high ? { low, base, high } : { low: high, base, high: low }, form: surplus.form, applied };
};
