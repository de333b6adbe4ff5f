import { millionths } from '@headroom/money';
import fc from 'fast-check';
import t from 'tap';
import { fullPriceMinor, judgeSmallRequest, marginAfter, surchargeMinor } from './small-request.ts';

const STANDARD = '0.400000';

t.test('the font of the worked example', async (t) => {
  const judged = judgeSmallRequest(20_000_000, 12_841_425, 465_600, STANDARD);
  t.equal(judged.verdict, 'exceeds-standard');
  t.equal(judged.surchargeMinor, 2_178_375, '(133,070.25 - 120,000) / 0.6');
  t.equal(judged.marginWithSurcharge, '0.400000');
  t.equal(fullPriceMinor(465_600, STANDARD), 776_000, '4,656 / 0.6');
  t.strictSame(marginAfter(20_000_000, 12_841_425, { addedCostMinor: 465_600, addedRevenueMinor: 0 }), {
    forecastMargin: '0.334649',
    marginChange: '-0.023280',
  });
});

t.test('the edges of the verdict', async (t) => {
  // R = 1,000.00, m = 40%: 600.00 may be spent.
  const verdict = (eac: number, cost: number) => judgeSmallRequest(100_000, eac, cost, STANDARD).verdict;
  t.equal(verdict(50_000, 10_000), 'fits', 'the last kopeck of headroom');
  t.equal(verdict(50_000, 10_001), 'exceeds-standard');
  t.equal(verdict(50_000, 50_000), 'exceeds-standard', 'no profit is no loss');
  t.equal(verdict(50_000, 50_001), 'loses-money');
  t.equal(judgeSmallRequest(0, 0, 1, STANDARD).before.forecastMargin, null, 'nothing is charged');
});

const money = fc.integer({ min: 0, max: 1_000_000_000 });
const standard = fc.integer({ min: 0, max: 950_000 }).map((share) => `0.${String(share).padStart(6, '0')}`);

t.test('a surcharge keeps the standard, to the minor unit', async (t) => {
  fc.assert(
    fc.property(money, money, money, standard, (revenue, eac, cost, m) => {
      const { verdict, before, after } = judgeSmallRequest(revenue, eac, cost, m);
      if (before.headroomMinor - after.headroomMinor !== cost) throw new Error('the request costs headroom');
      const surcharge = surchargeMinor(revenue, eac + cost, m);
      if (verdict === 'fits') return;
      const judged = judgeSmallRequest(revenue + surcharge, eac, cost, m);
      // Rounded to whole minor units: a unit of payment is worth (1 - m) of one of headroom.
      if (judged.after.headroomMinor < -1) throw new Error(`${judged.after.headroomMinor} below the standard`);
      if (surcharge > 2) {
        const less = judgeSmallRequest(revenue + surcharge - 2, eac, cost, m);
        if (less.after.headroomMinor > 0) throw new Error('less would have done');
      }
    }),
  );
  t.pass();
});

t.test('more cost never makes a request fit better', async (t) => {
  const rank = { fits: 0, 'exceeds-standard': 1, 'loses-money': 2 };
  fc.assert(
    fc.property(money, money, money, money, standard, (revenue, eac, cost, more, m) => {
      const one = judgeSmallRequest(revenue, eac, cost, m);
      const other = judgeSmallRequest(revenue, eac, cost + more, m);
      return rank[one.verdict] <= rank[other.verdict];
    }),
  );
  fc.assert(
    fc.property(money, money, money, (revenue, eac, cost) => {
      const { forecastMargin } = marginAfter(revenue, eac, { addedCostMinor: cost, addedRevenueMinor: 0 });
      const without = marginAfter(revenue, eac, { addedCostMinor: 0, addedRevenueMinor: 0 }).forecastMargin;
      if (forecastMargin === null || without === null) return revenue === 0;
      return millionths(forecastMargin) <= millionths(without);
    }),
  );
  t.pass();
});
