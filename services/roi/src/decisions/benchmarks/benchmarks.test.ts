import fc from 'fast-check';
import t from 'tap';
import { competitivenessText } from './competitiveness.ts';
import { type Benchmark, decideRecordBenchmark, type RecordBenchmark } from './record-benchmark.ts';
import { compareWith, verdictOf } from './standing.ts';

const benchmark = (change: Partial<Benchmark>): Benchmark => ({
  benchmarkId: 'b',
  clientId: 'flora',
  kind: 'industry',
  name: 'Garden centres',
  metric: 'close-rate',
  value: null,
  percentiles: [],
  source: 'Yearbook',
  observedOn: '2025-06-30',
  ...change,
});
const quartiles = [
  { percentile: 25, value: '0.15' },
  { percentile: 50, value: '0.2' },
  { percentile: 75, value: '0.3' },
];

t.test('a value lies between percentiles by a straight line, and clamped at their ends', async (t) => {
  const standing = (own: bigint) => compareWith(own, benchmark({ percentiles: quartiles }));
  // 0.25 is half way from 0.2 (50%) to 0.3 (75%): 62.5, of which whole per cents are told.
  t.strictSame(standing(250_000n), { ratio: null, betterThan: 62, standing: 'ahead' });
  t.match(standing(100_000n), { betterThan: 25, standing: 'behind' });
  t.match(standing(300_000n), { betterThan: 75, standing: 'leading' });
  t.match(standing(900_000n), { betterThan: 75 });
  const cost = [
    { percentile: 20, value: 100_000 },
    { percentile: 80, value: 200_000 },
  ];
  const costs = benchmark({ metric: 'cost-per-inquiry', percentiles: cost });
  t.match(compareWith(50_000n, costs), { betterThan: 80, standing: 'leading' }, 'cheaper than most');
  t.match(compareWith(900_000n, costs), { betterThan: 20, standing: 'far-behind' });
});

t.test('one value is compared by ratio; costs are better when lower', async (t) => {
  const check = (own: bigint) => compareWith(own, benchmark({ metric: 'average-check', value: 1_000 }));
  t.strictSame(check(1_250n), { ratio: '1.250000', betterThan: null, standing: 'leading' });
  t.match(check(1_000n), { ratio: '1.000000', standing: 'ahead' });
  t.match(check(800n), { standing: 'behind' });
  t.match(check(799n), { standing: 'far-behind' });
  const call = (own: bigint) => compareWith(own, benchmark({ metric: 'cost-per-call', value: 1_000 }));
  t.match(call(800n), { ratio: '0.800000', standing: 'leading' });
  t.match(call(1_250n), { standing: 'behind' });
  t.match(compareWith(5n, benchmark({ metric: 'average-check', value: 0 })), { ratio: null, standing: 'leading' });
});

t.test('the verdict, in words', async (t) => {
  t.strictSame(
    [verdictOf([]), verdictOf(['ahead', 'leading']), verdictOf(['ahead', 'behind']), verdictOf(['far-behind'])],
    ['unknown', 'strong', 'competitive', 'weak'],
  );
  const compared = [
    { metric: 'close-rate', name: 'Garden centres', standing: 'ahead' },
    { metric: 'average-check', name: 'Granit', standing: 'behind' },
  ] as const;
  t.equal(
    competitivenessText('en', 'Flora', 'competitive', compared),
    'Flora can hold its own. Ahead: close rate (Garden centres). Behind: average check (Granit).',
  );
  t.match(
    competitivenessText('ru', 'Флора', 'weak', compared.slice(1)),
    /^Флора чаще позади, чем впереди\. Позади: средний чек/,
  );
});

t.test('what a benchmark may say', async (t) => {
  const { value: _, percentiles: __, ...plain } = benchmark({});
  const record = (change: Partial<RecordBenchmark>) => decideRecordBenchmark({ ...plain, ...change }, true);
  t.match(record({ value: '0.2' }), { accepted: [{ data: { value: '0.2', percentiles: [] } }] });
  t.match(record({ percentiles: quartiles }), { accepted: [{ data: { value: null } }] });
  t.match(decideRecordBenchmark({ ...plain, value: '0.2' }, false), { refused: 'client-not-found' });
  t.match(record({}), { refused: 'value-or-percentiles' });
  t.match(record({ value: '0.2', percentiles: quartiles }), { refused: 'value-or-percentiles' });
  t.match(record({ kind: 'competitor', percentiles: quartiles }), { refused: 'value-or-percentiles' });
  t.match(record({ value: 5 }), { refused: 'value-of-other-kind' });
  t.match(record({ metric: 'average-check', value: '0.2' }), { refused: 'value-of-other-kind' });
  t.match(record({ percentiles: quartiles.toReversed() }), { refused: 'percentiles-out-of-order' });
});

t.test('more is never worse, and for costs never better', async (t) => {
  const rank = ['far-behind', 'behind', 'ahead', 'leading'];
  const two = fc.tuple(fc.bigInt({ min: 0n, max: 2_000n }), fc.bigInt({ min: 0n, max: 2_000n }));
  fc.assert(
    fc.property(two, fc.integer({ min: 1, max: 1_000 }), (pair, value) => {
      const [less = 0n, more = 0n] = pair.toSorted((one, other) => (one < other ? -1 : 1));
      const at = (own: bigint, metric: Benchmark['metric']) =>
        rank.indexOf(compareWith(own, benchmark({ metric, value })).standing);
      return (
        at(less, 'average-check') <= at(more, 'average-check') && at(less, 'cost-per-call') >= at(more, 'cost-per-call')
      );
    }),
  );
  t.pass();
});
