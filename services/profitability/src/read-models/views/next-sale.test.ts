import t from 'tap';
import { nextSaleOf } from './next-sale.ts';

t.test('the segment says whether to sell', async (t) => {
  const said = (segment: Parameters<typeof nextSaleOf>[0]) => nextSaleOf(segment, ['fine']).verdict;
  t.strictSame(
    ['invest', 'maintain', 'reprice', 'reduce-contact', 'exit', null].map((each) =>
      said(each as Parameters<typeof nextSaleOf>[0]),
    ),
    ['sell', 'sell', 'reprice-first', 'wait', 'do-not-sell', 'unknown'],
  );
});

t.test('a stage that loses money is mended before more is sold; one below the standard is told', async (t) => {
  t.strictSame(nextSaleOf('invest', ['fine', 'losing-money', 'below-standard']), {
    verdict: 'reprice-first',
    reasons: ['segment-invest', 'stage-losing-money'],
  });
  t.strictSame(nextSaleOf('invest', ['below-standard']), {
    verdict: 'sell',
    reasons: ['segment-invest', 'stage-below-standard'],
  });
  t.equal(nextSaleOf('exit', ['losing-money']).verdict, 'do-not-sell');
  t.strictSame(nextSaleOf(null, []), { verdict: 'unknown', reasons: ['too-little-known'] });
});
