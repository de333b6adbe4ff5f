import t from 'tap';
import { given } from '../../../test-support/given.ts';
import { decideFreeze, reviewEvolution } from './freeze.ts';

const march = {
  month: '2025-03',
  today: '2025-04-01',
  currency: 'RUB',
  kpiTolerance: '0.000000',
  stages: [],
  figuresAt: 41,
  formulaVersion: '2026.1',
};

t.test('a month that is over is frozen once', async (t) => {
  const decision = given(reviewEvolution).when((review) => decideFreeze(march, review));
  if (!('accepted' in decision)) {
    t.fail('it is frozen');
    return;
  }
  t.match(decision.accepted, [
    { type: 'MonthlyReviewFrozen', data: { month: '2025-03', frozenOn: '2025-04-01', figuresAt: 41, stages: [] } },
  ]);
  t.strictSame(
    given(reviewEvolution, ...decision.accepted).when((review) => decideFreeze(march, review)),
    { refused: 'already-frozen' },
  );
  t.strictSame(
    given(reviewEvolution).when((review) => decideFreeze({ ...march, today: '2025-03-31' }, review)),
    { refused: 'month-not-over', detail: { over: '2025-04-01' } },
  );
});
