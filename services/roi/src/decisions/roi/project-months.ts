import { lastDayOf, monthOf, monthsFrom } from '@headroom/kernel';
import type { AppliedFact, Baseline, FactsFrom, Metric } from './facts.ts';
import { type Form, type Gain, gainOf, type MissingFact } from './gain.ts';

/** A month of a project, or of all of a client's. Amounts in minor units. */
export interface MonthFigures {
  readonly month: string;
  /** False for the month in which the day of the question lies, before its last day. */
  readonly complete: boolean;
  readonly gain: Gain | null;
  readonly revenue: bigint;
  readonly advertisingSpend: bigint;
}

export interface ProjectFacts {
  readonly projectId: string;
  readonly name: string;
  readonly openedOn: string;
  readonly baseline: Baseline | null;
  readonly metrics: readonly Metric[];
}

/** The metrics that count: behind the baseline, and not after the month of the question. */
const counting = ({ metrics, baseline }: ProjectFacts, asOf: string): Metric[] =>
  metrics.filter(({ month }) => month <= monthOf(asOf) && (baseline === null || month > baseline.periodTo));

/** From the month in which the project began (or from the first metric, if that is earlier) to that of the question. */
export const monthsOf = (project: ProjectFacts, asOf: string): string[] => {
  const first = counting(project, asOf).map(({ month }) => month);
  const begin = [monthOf(project.openedOn), ...first].sort()[0];
  return begin === undefined ? [] : monthsFrom(begin, monthOf(asOf));
};

/** The last day of each month that is not after the day of the question: where its revenue is read. */
export const monthEnds = (months: readonly string[], asOf: string): string[] =>
  months.map((month) => (lastDayOf(month) < asOf ? lastDayOf(month) : asOf));

export interface Lacking {
  readonly fact: MissingFact | 'baseline' | 'metric';
  readonly month: string | null;
}

export interface ProjectMonths {
  readonly months: readonly MonthFigures[];
  readonly forms: readonly Form[];
  readonly applied: readonly AppliedFact[];
  readonly lacking: readonly Lacking[];
}

/** Complete months behind the first metric for which nothing was counted. */
const uncounted = (metrics: readonly Metric[], months: readonly string[], asOf: string): Lacking[] => {
  const counted = new Set(metrics.map(({ month }) => month));
  const first = [...counted].sort()[0];
  if (first === undefined) return [{ fact: 'metric', month: null }];
  return months
    .filter((month) => month > first && lastDayOf(month) <= asOf && !counted.has(month))
    .map((month) => ({ fact: 'metric', month }));
};

/**
 * A project month by month. `revenueUpTo` is what had been earned by each of `monthEnds`; a month's revenue is what
 * came on top of the month before.
 */
export const projectMonths = (
  project: ProjectFacts,
  facts: readonly FactsFrom[],
  revenueUpTo: readonly number[],
  asOf: string,
): ProjectMonths => {
  const months = monthsOf(project, asOf);
  const metrics = counting(project, asOf);
  const byMonth = new Map(metrics.map((metric) => [metric.month, metric]));
  const forms = new Set<Form>();
  const applied: AppliedFact[] = [];
  const lacking: Lacking[] = project.baseline === null ? [{ fact: 'baseline', month: null }] : [];
  lacking.push(...uncounted(metrics, months, asOf));

  const gainIn = (metric: Metric | undefined): Gain | null => {
    if (metric === undefined || project.baseline === null) return null;
    const found = gainOf(metric, project.baseline, facts);
    if ('missing' in found) {
      lacking.push(...found.missing.map((fact) => ({ fact, month: metric.month })));
      return null;
    }
    forms.add(found.form);
    applied.push(...found.applied);
    return found.gain;
  };

  const figures = months.map((month, index): MonthFigures => {
    const metric = byMonth.get(month);
    return {
      month,
      complete: lastDayOf(month) <= asOf,
      gain: gainIn(metric),
      revenue: BigInt((revenueUpTo[index] ?? 0) - (index === 0 ? 0 : (revenueUpTo[index - 1] ?? 0))),
      advertisingSpend: BigInt(metric?.advertisingSpendMinor ?? 0),
    };
  });
  return { months: figures, forms: [...forms].sort(), applied, lacking };
};
