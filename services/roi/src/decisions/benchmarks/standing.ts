import type { BenchmarkMetric } from '@headroom/contracts/events';
import { ratioOf } from '@headroom/money';
import { type Benchmark, comparable } from './record-benchmark.ts';

export type Standing = 'leading' | 'ahead' | 'behind' | 'far-behind';

/** A client's value beside a benchmark. */
export interface Comparison {
  /** The client's value / the benchmark's; null against percentiles or a benchmark of 0. */
  readonly ratio: string | null;
  /** Per cent of the industry that is worse, by straight lines between the percentiles; null against one value. */
  readonly betterThan: number | null;
  readonly standing: Standing;
}

const LOWER_IS_BETTER: ReadonlySet<BenchmarkMetric> = new Set([
  'cost-per-inquiry',
  'cost-per-visitor',
  'cost-per-call',
]);

/** The percentile of a value; below the first and above the last known one it is that one. */
const percentileOf = (own: bigint, percentiles: Benchmark['percentiles']): number => {
  const above = percentiles.findIndex(({ value }) => comparable(value) > own);
  const upper = percentiles[above];
  const lower = percentiles[above - 1];
  if (above === -1) return percentiles.at(-1)?.percentile ?? 0;
  if (upper === undefined || lower === undefined) return percentiles[0]?.percentile ?? 0;
  const [from, to] = [comparable(lower.value), comparable(upper.value)];
  const steps = BigInt(upper.percentile - lower.percentile);
  return lower.percentile + Number(((own - from) * steps) / (to - from));
};

const byQuarter = (betterThan: number): Standing => {
  if (betterThan >= 75) return 'leading';
  if (betterThan >= 50) return 'ahead';
  return betterThan >= 25 ? 'behind' : 'far-behind';
};

/** A quarter better leads, a fifth worse is far behind; alike counts as ahead. */
const bySize = (better: bigint, worse: bigint): Standing => {
  if (better * 4n >= worse * 5n) return better === worse ? 'ahead' : 'leading';
  if (better >= worse) return 'ahead';
  return better * 5n >= worse * 4n ? 'behind' : 'far-behind';
};

/** A client's value (a share in millionths, or minor units) against a benchmark; costs are better when lower. */
export const compareWith = (own: bigint, { metric, value, percentiles }: Benchmark): Comparison => {
  const lower = LOWER_IS_BETTER.has(metric);
  if (value === null) {
    const percentile = percentileOf(own, percentiles);
    const betterThan = lower ? 100 - percentile : percentile;
    return { ratio: null, betterThan, standing: byQuarter(betterThan) };
  }
  const theirs = comparable(value);
  const standing = lower ? bySize(theirs, own) : bySize(own, theirs);
  return { ratio: ratioOf(own, theirs), betterThan: null, standing };
};

export type Verdict = 'strong' | 'competitive' | 'weak' | 'unknown';

/** Strong: ahead everywhere; competitive: ahead at least as often as behind. */
export const verdictOf = (standings: readonly Standing[]): Verdict => {
  if (standings.length === 0) return 'unknown';
  const ahead = standings.filter((each) => each === 'leading' || each === 'ahead').length;
  if (ahead === standings.length) return 'strong';
  return ahead * 2 >= standings.length ? 'competitive' : 'weak';
};
