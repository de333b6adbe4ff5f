import fc from 'fast-check';
import t from 'tap';
import { amountScale, bandScale, writtenTick } from './scale.ts';

t.test('ticks are round, few, and reach as far as what is drawn', async (t) => {
  t.strictSame(amountScale([225_000, 390_000], 0, 400).ticks, [0, 100_000, 200_000, 300_000, 400_000]);
  t.strictSame(amountScale([-30, 90], 0, 100).ticks, [-40, -20, 0, 20, 40, 60, 80, 100]);
  t.equal(amountScale([0], 0, 100).at(0), 0, 'nothing at all has a scale, too');
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { minLength: 1 }), (amounts) => {
      const { at, ticks } = amountScale(amounts, 260, 0);
      const inside = amounts.every((amount) => at(amount) <= 260.001 && at(amount) >= -0.001);
      return inside && ticks.includes(0) && ticks.length >= 2 && ticks.length <= 12;
    }),
  );
});

t.test('things side by side stand in the middle of equal parts', async (t) => {
  const { at, step } = bandScale(['2026-01', '2026-02'], 100);
  t.strictSame([step, at('2026-01'), at('2026-02')], [50, 25, 75]);
});

t.test('numbers at ticks are written as the language writes them', async (t) => {
  t.strictSame([writtenTick(1_250_000, 'en'), writtenTick(-0.5, 'en')], ['1,250,000', '-0.5']);
  t.strictSame([writtenTick(1_250_000, 'ru'), writtenTick(2.5, 'ru')], ['1\u00a0250\u00a0000', '2,5']);
});
