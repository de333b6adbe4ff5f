import t from 'tap';
import { type BillRate, billRateBook } from './bill-rate.ts';

const rate = (scope: BillRate['scope'], key: string, effectiveFrom: string, units: number): BillRate => ({
  scope,
  key,
  effectiveFrom,
  units,
});
const anna = { specialistId: 'anna', role: 'designer', projectId: 'landing', clientId: 'butovo-bricks' };

t.test('the narrowest scope that has a rate on the day wins', async (t) => {
  const widening = [
    rate('agency', 'agency', '2026-01-01', 1),
    rate('client', 'butovo-bricks', '2026-01-01', 2),
    rate('project', 'landing', '2026-01-01', 3),
    rate('role', 'designer', '2026-01-01', 4),
    rate('specialist', 'anna', '2026-01-01', 5),
  ];
  for (let known = 1; known <= widening.length; known += 1) {
    t.equal(billRateBook(widening.slice(0, known)).on(anna, '2026-03-01'), known);
  }
  t.equal(billRateBook(widening).on({ ...anna, specialistId: null }, '2026-03-01'), 4, 'a plan names nobody');
});

t.test('the rate of the day holds; before the first one there is none', async (t) => {
  const rates = [rate('role', 'designer', '2026-01-01', 10), rate('role', 'designer', '2026-03-16', 20)];
  const book = billRateBook(rates);
  t.equal(book.on(anna, '2025-12-31'), undefined, 'never guessed');
  t.equal(book.on(anna, '2026-03-15'), 10);
  t.equal(book.on(anna, '2026-03-16'), 20);
  const later = billRateBook([rate('agency', 'agency', '2025-01-01', 1), ...rates]);
  t.equal(later.on(anna, '2025-12-31'), 1, 'a narrow scope without a rate yet leaves the word to the wider');
});
