import type { ClosedStage } from '@headroom/contracts/events';
import t from 'tap';
import { decidePropose, type ProposeStandard } from './propose-standard.ts';
import { standardEvolution } from './standard.ts';

const stage = (serviceType: string | null, ...costedPeople: string[]): ClosedStage => ({
  stageId: 'landing-design',
  projectId: 'landing',
  clientId: 'butovo-bricks',
  name: 'Landing design',
  serviceType,
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
  costedPeople,
  plannedRoles: 2,
});
const statistics = (serviceType: string | null, median: string | null) => ({
  serviceType,
  stages: 1,
  weightedMargin: '0.310000',
  lowerQuartile: '-0.050000',
  median,
  upperQuartile: '1.000000',
});
const review = {
  data: {
    stages: [stage('pages', 'anna', 'boris'), stage('shop', 'anna')],
    statistics: [statistics(null, '0.400000'), statistics('pages', '0.420000'), statistics('shop', null)],
  },
};
const median = { month: '2025-03', statistic: 'median' } as const;

const propose = (more: Partial<ProposeStandard>, found: typeof review | { data: undefined } = review) => {
  const command = { standardId: 's', effectiveFrom: '2025-04-01', proposedBy: 'key:boss', seesRates: true, ...more };
  return decidePropose(command, standardEvolution.initial(), found);
};

t.test('a standard is taken from a frozen review, or stated', async (t) => {
  t.match(propose({ review: median }), { accepted: [{ data: { margin: '0.400000', review: median } }] });
  t.match(propose({ review: median, serviceType: 'pages' }), { accepted: [{ data: { margin: '0.420000' } }] });
  t.match(propose({ review: { ...median, statistic: 'weighted' } }), { accepted: [{ data: { margin: '0.310000' } }] });
  t.match(
    propose({ review: median, margin: '0.35' }),
    { accepted: [{ data: { margin: '0.35', review: { month: '2025-03', statistic: null } } }] },
    'a margin that was chosen with the review at hand',
  );
  t.match(propose({ margin: '0.35' }), { accepted: [{ data: { margin: '0.35', review: null } }] });
});

t.test('a review that cannot give a standard is refused', async (t) => {
  t.strictSame(propose({ review: median }, { data: undefined }), { refused: 'review-not-frozen' });
  t.strictSame(propose({ review: median, serviceType: 'films' }), { refused: 'review-without-margin' });
  t.strictSame(propose({ review: median, serviceType: 'shop' }), { refused: 'review-without-margin' });
  t.strictSame(propose({ review: { ...median, statistic: 'lower-quartile' } }), { refused: 'margin-out-of-range' });
  t.strictSame(propose({ review: { ...median, statistic: 'upper-quartile' } }), { refused: 'margin-out-of-range' });
});

t.test('who may not see rates takes no figure behind which one person stands', async (t) => {
  t.strictSame(propose({ review: median, seesRates: false }), { refused: 'margin-suppressed' });
  t.match(propose({ review: median, serviceType: 'pages', seesRates: false }), { accepted: [{}] });
  t.match(propose({ review: median, margin: '0.4', seesRates: false }), { accepted: [{}] });
});
