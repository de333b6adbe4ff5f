import type { BenchmarkMetric, benchmarkRecorded, EventData } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import { millionths } from '@headroom/money';
import type { BusinessFactsEvent } from '../../events/streams.ts';

export type Benchmark = EventData<typeof benchmarkRecorded>['BenchmarkRecorded'];
type Value = NonNullable<Benchmark['value']>;

const SHARES: ReadonlySet<BenchmarkMetric> = new Set(['conversion', 'close-rate', 'gross-margin']);

/** Whether a metric is a share of one; the others are amounts in minor units. */
export const isShare = (metric: BenchmarkMetric): boolean => SHARES.has(metric);

/** A value as a whole number to compare with: a share in millionths, an amount in minor units. */
export const comparable = (value: Value): bigint => (typeof value === 'string' ? millionths(value) : BigInt(value));

export type RecordBenchmark = Omit<Benchmark, 'value' | 'percentiles'> & {
  readonly value?: Value | undefined;
  readonly percentiles?: Benchmark['percentiles'] | undefined;
};

export type BenchmarkRefusal =
  | 'client-not-found'
  | 'value-or-percentiles'
  | 'value-of-other-kind'
  | 'percentiles-out-of-order';

const FEWEST_PERCENTILES = 2;

const ascending = (percentiles: Benchmark['percentiles']): boolean =>
  percentiles.every((each, index) => {
    const before = percentiles[index - 1];
    if (before === undefined) return true;
    return before.percentile < each.percentile && comparable(before.value) <= comparable(each.value);
  });

export const decideRecordBenchmark = (
  { value, percentiles = [], ...command }: RecordBenchmark,
  clientExists: boolean,
): Decision<BusinessFactsEvent, BenchmarkRefusal> => {
  if (!clientExists) return refuse('client-not-found');
  const single = value !== undefined && percentiles.length === 0;
  const several = value === undefined && percentiles.length >= FEWEST_PERCENTILES && command.kind === 'industry';
  if (!single && !several) return refuse('value-or-percentiles');
  const values = value === undefined ? percentiles.map((each) => each.value) : [value];
  const wanted = isShare(command.metric) ? 'string' : 'number';
  if (values.some((each) => typeof each !== wanted)) return refuse('value-of-other-kind');
  if (!ascending(percentiles)) return refuse('percentiles-out-of-order');
  return accept({ type: 'BenchmarkRecorded', data: { ...command, value: value ?? null, percentiles } });
};
