import { addMonths } from '@headroom/kernel';
import { ratioOf } from '@headroom/money';
import type { Gain } from './gain.ts';
import type { MonthFigures } from './project-months.ts';

export interface CumulatedMonth extends MonthFigures {
  readonly cumulativeGain: Gain;
  readonly cumulativeCost: bigint;
}

export interface Payback {
  readonly month: string;
  readonly reached: boolean;
}

type Scenario = keyof Gain;
type Each<Value> = Readonly<Record<Scenario, Value>>;

export interface Outcome {
  /** Null when no month's gain is known. */
  readonly gain: Gain | null;
  readonly cost: bigint;
  readonly roi: Each<string | null>;
  readonly payback: Each<Payback | null>;
  readonly months: readonly CumulatedMonth[];
}

const NOTHING: Gain = { low: 0n, base: 0n, high: 0n };
const each = <Value>(of: (scenario: Scenario) => Value): Each<Value> => ({
  low: of('low'),
  base: of('base'),
  high: of('high'),
});

export const addGains = (one: Gain, other: Gain): Gain => each((scenario) => one[scenario] + other[scenario]);

const costOf = ({ revenue, advertisingSpend }: MonthFigures): bigint => revenue + advertisingSpend;

const cumulate = (months: readonly MonthFigures[]): CumulatedMonth[] => {
  let cumulativeGain = NOTHING;
  let cumulativeCost = 0n;
  return months.map((month) => {
    cumulativeGain = addGains(cumulativeGain, month.gain ?? NOTHING);
    cumulativeCost += costOf(month);
    return { ...month, cumulativeGain, cumulativeCost };
  });
};

const MEAN_MONTHS = 3;
/** A payback that far away is none. */
const FURTHEST_MONTHS = 1200n;

/** What the last three complete months go on to, from the last of them; null when a gain is unknown or too small. */
const projected = (months: readonly CumulatedMonth[], scenario: Scenario): Payback | null => {
  const complete = months.filter((month) => month.complete);
  const recent = complete.slice(-MEAN_MONTHS);
  const last = recent.at(-1);
  if (last === undefined || recent.length < MEAN_MONTHS || recent.some(({ gain }) => gain === null)) return null;
  const net = recent.reduce((sum, month) => sum + (month.gain ?? NOTHING)[scenario] - costOf(month), 0n);
  const deficit = last.cumulativeCost - last.cumulativeGain[scenario];
  if (net <= 0n || deficit <= 0n) return null;
  const ahead = (deficit * BigInt(MEAN_MONTHS) + net - 1n) / net;
  return ahead > FURTHEST_MONTHS ? null : { month: addMonths(last.month, Number(ahead)), reached: false };
};

/**
 * The first month whose cumulative gain reaches the cumulative cost; if there is none yet, the one that follows from the
 * last three complete months.
 */
const paybackOf = (months: readonly CumulatedMonth[], scenario: Scenario): Payback | null => {
  const reached = months.find(
    ({ cumulativeGain, cumulativeCost }) => cumulativeCost > 0n && cumulativeGain[scenario] >= cumulativeCost,
  );
  return reached === undefined ? projected(months, scenario) : { month: reached.month, reached: true };
};

/** ROI, payback and the cumulative curve of some months, in their order. `ROI = (sum gain - sum cost) / sum cost`. */
export const outcomeOf = (figures: readonly MonthFigures[]): Outcome => {
  const months = cumulate(figures);
  const last = months.at(-1);
  const known = figures.some(({ gain }) => gain !== null);
  const cost = last?.cumulativeCost ?? 0n;
  const gain = known ? (last?.cumulativeGain ?? NOTHING) : null;
  return {
    gain,
    cost,
    roi: each((scenario) => (gain === null ? null : ratioOf(gain[scenario] - cost, cost))),
    payback: each((scenario) => (gain === null ? null : paybackOf(months, scenario))),
    months,
  };
};

/** All projects of a client as one, month by month; all of them end in the same month. */
export const addProjects = (projects: readonly (readonly MonthFigures[])[]): MonthFigures[] => {
  const byMonth = new Map<string, MonthFigures>();
  for (const month of projects.flat()) {
    const sum = byMonth.get(month.month);
    byMonth.set(month.month, sum === undefined ? month : addMonth(sum, month));
  }
  return [...byMonth.values()].sort((one, other) => (one.month < other.month ? -1 : 1));
};

const addMonth = (one: MonthFigures, other: MonthFigures): MonthFigures => ({
  month: one.month,
  complete: one.complete,
  gain: one.gain !== null && other.gain !== null ? addGains(one.gain, other.gain) : (one.gain ?? other.gain),
  revenue: one.revenue + other.revenue,
  advertisingSpend: one.advertisingSpend + other.advertisingSpend,
});

/** Whether every amount can be shown as a whole number exactly. */
export const withinRange = ({ months }: Outcome): boolean => {
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  const fits = (amount: bigint) => amount <= most && amount >= -most;
  return months.every(
    ({ gain, cumulativeGain, cumulativeCost, revenue, advertisingSpend }) =>
      [gain ?? NOTHING, cumulativeGain].every(({ low, base, high }) => [low, base, high].every(fits)) &&
      [cumulativeCost, revenue, advertisingSpend].every(fits),
  );
};
