import type { ClosedStage } from '@headroom/contracts/events';
import { formatDecimal, millionths } from '@headroom/money';
import fc from 'fast-check';
import t from 'tap';
import { isHit } from './closed-stage.ts';
import { sharesOf } from './manager-shares.ts';
import { quartilesOf } from './quartiles.ts';
import { movedStages } from './restatement.ts';
import { allStatisticsOf } from './statistics.ts';

const closed = (part: Partial<ClosedStage> = {}): ClosedStage => ({
  stageId: 'landing-design',
  projectId: 'landing',
  clientId: 'butovo-bricks',
  name: 'Landing design',
  serviceType: null,
  closedOn: '2025-03-28',
  managers: [{ managerId: 'boris', seconds: 3_600 }],
  revenueMinor: 10_000_000,
  costMinor: 6_000_000,
  baselineRevenueMinor: 10_000_000,
  baselineCostMinor: 6_000_000,
  seconds: 3_600,
  uncostedSeconds: 0,
  unapprovedSeconds: 0,
  unpricedSeconds: 0,
  unconvertedAmounts: [],
  costedPeople: ['anna', 'boris'],
  plannedRoles: 2,
  ...part,
});

t.test('quartiles are those of type 7', async (t) => {
  // Four margins: places 0.75, 1.5 and 2.25 of 0..3.
  t.strictSame(quartilesOf(['0.600000', '0.100000', '0.400000', '0.400000']), {
    lowerQuartile: '0.325000', // 0.1 + 0.75 x 0.3
    median: '0.400000',
    upperQuartile: '0.450000', // 0.4 + 0.25 x 0.2
  });
  t.strictSame(quartilesOf(['-0.500000']), {
    lowerQuartile: '-0.500000',
    median: '-0.500000',
    upperQuartile: '-0.500000',
  });
  t.strictSame(quartilesOf([]), { lowerQuartile: null, median: null, upperQuartile: null });
});

const margin = fc.integer({ min: -3_000_000, max: 1_000_000 });

/** The definition itself, in floating point: `x[floor(h)] + (h - floor(h)) (x[floor(h) + 1] - x[floor(h)])`. */
const naive = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const h = (sorted.length - 1) * p;
  const below = sorted[Math.floor(h)] ?? 0;
  return below + (h - Math.floor(h)) * ((sorted[Math.floor(h) + 1] ?? below) - below);
};

t.test('quartiles agree with the definition, whatever the margins and their order', async (t) => {
  fc.assert(
    fc.property(fc.array(margin, { minLength: 1, maxLength: 60 }), (values) => {
      const found = quartilesOf(values.map((value) => formatDecimal(BigInt(value), 6)));
      const parts = [found.lowerQuartile, found.median, found.upperQuartile] as const;
      parts.forEach((part, index) => {
        const wanted = naive(values, (index + 1) / 4);
        const off = Math.abs(Number(millionths(part ?? '')) - wanted);
        if (off > 0.5) throw new Error(`quartile ${index + 1} is ${part}, by definition ${wanted}`);
      });
    }),
  );
  t.pass('to half a millionth');
});

const stage = fc.record({
  stageId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  serviceType: fc.constantFrom(null, 'shop', 'landing-page'),
  revenueMinor: fc.integer({ min: 0, max: 50_000_000 }),
  costMinor: fc.integer({ min: 0, max: 50_000_000 }),
});
const stages = fc.uniqueArray(stage, { selector: ({ stageId }) => stageId }).map((parts) => parts.map(closed));

t.test('the weighted margin is that of all money, and the types cover all stages that have one', async (t) => {
  const stagesOf = (revenueMinor: number, costMinor: number, serviceType: string | null) =>
    closed({ revenueMinor, costMinor, serviceType });
  // 10% of 100,000 and 90% of 1,000: a mean would say 50%, the money says (10,000 + 900) / 101,000.
  const [all, shop] = allStatisticsOf([stagesOf(10_000_000, 9_000_000, 'shop'), stagesOf(100_000, 10_000, null)]);
  t.match(all, { serviceType: null, stages: 2, weightedMargin: '0.107921', median: '0.500000' });
  t.match(shop, { serviceType: 'shop', stages: 1, weightedMargin: '0.100000' });
  t.strictSame(allStatisticsOf([]), [
    { serviceType: null, stages: 0, weightedMargin: null, lowerQuartile: null, median: null, upperQuartile: null },
  ]);
  fc.assert(
    fc.property(stages, (some) => {
      const [whole, ...types] = allStatisticsOf(some);
      const typed = types.reduce((sum, each) => sum + each.stages, 0);
      return whole?.stages === some.length && typed === some.filter(({ serviceType }) => serviceType !== null).length;
    }),
  );
});

t.test('a restatement names the stages that moved, and no others', async (t) => {
  t.strictSame(movedStages([closed()], [closed({ name: 'Renamed' })]), [], 'a name is no figure');
  const moved = movedStages(
    [closed(), closed({ stageId: 'gone' })],
    [closed({ costMinor: 6_100_000 }), closed({ stageId: 'come' })],
  );
  t.strictSame(
    moved.map(({ change, reported, restated }) => [change, reported?.stageId, restated?.stageId]),
    [
      ['joined', undefined, 'come'],
      ['left', 'gone', undefined],
      ['changed', 'landing-design', 'landing-design'],
    ],
  );
  fc.assert(
    fc.property(stages, stages, (before, now) => {
      const profit = (some: readonly ClosedStage[]) =>
        some.reduce((sum, { revenueMinor, costMinor }) => sum + revenueMinor - costMinor, 0);
      const difference = movedStages(before, now).reduce(
        (sum, { reported, restated }) => sum + profit(restated ? [restated] : []) - profit(reported ? [reported] : []),
        0,
      );
      return movedStages(now, now).length === 0 && difference === profit(now) - profit(before);
    }),
  );
});

t.test('a hit needs the margin and the profit of the baseline', async (t) => {
  t.ok(isHit(closed(), '0.000000'), 'just as planned');
  // Margin 39.99% against 40%.
  const short = closed({ revenueMinor: 20_000_000, costMinor: 12_002_000, baselineCostMinor: 6_000_000 });
  t.notOk(isHit(short, '0.000000'), 'more profit, but less margin');
  t.ok(isHit(short, '0.000100'), 'within the tolerance');
  const small = closed({ revenueMinor: 5_000_000, costMinor: 2_000_000 });
  t.notOk(isHit(small, '0.000000'), 'more margin, but less profit');
  t.notOk(isHit(small, '0.900000'), 'the tolerance is for the margin alone');
  const free = { baselineRevenueMinor: 0, baselineCostMinor: 0 };
  t.ok(isHit(closed({ ...free, revenueMinor: 0, costMinor: 0 }), '0.000000'), 'nothing to earn, nothing lost');
  t.notOk(isHit(closed({ ...free, revenueMinor: 0, costMinor: 1 }), '0.000000'));
  t.notOk(isHit(closed({ revenueMinor: 0, costMinor: 0, baselineCostMinor: 10_000_000 }), '0.000000'));
});

t.test('after a hand-over each manager gets the share of the seconds worked under them', async (t) => {
  const managers = [
    { managerId: 'boris', seconds: 108_000 },
    { managerId: 'galina', seconds: 54_000 },
  ];
  // A profit of 32,000.00 in thirds.
  const parts = { managers, revenueMinor: 8_000_000, costMinor: 4_800_000, baselineRevenueMinor: 8_000_000 };
  t.strictSame(sharesOf(closed({ ...parts, baselineCostMinor: 4_800_000 })), [
    {
      managerId: 'boris',
      seconds: 108_000,
      shareMillionths: 666_667,
      plannedProfitMinor: 2_133_333,
      actualProfitMinor: 2_133_333,
    },
    {
      managerId: 'galina',
      seconds: 54_000,
      shareMillionths: 333_333,
      plannedProfitMinor: 1_066_667,
      actualProfitMinor: 1_066_667,
    },
  ]);
  const share = fc.record({ managerId: fc.uuid(), seconds: fc.nat(1_000_000) });
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 6 }), stage, (some, figures) => {
      const whole = closed({ ...figures, managers: some });
      const shares = sharesOf(whole);
      const sum = (of: (share: (typeof shares)[number]) => number) =>
        shares.reduce((total, each) => total + of(each), 0);
      return (
        sum(({ shareMillionths }) => shareMillionths) === 1_000_000 &&
        sum(({ actualProfitMinor }) => actualProfitMinor) === whole.revenueMinor - whole.costMinor &&
        sum(({ plannedProfitMinor }) => plannedProfitMinor) === 10_000_000 - 6_000_000 &&
        shares.every(({ shareMillionths }) => shareMillionths >= 0)
      );
    }),
  );
});
