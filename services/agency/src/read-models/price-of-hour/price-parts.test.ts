import { millionths, priceOfHourMinor } from '@headroom/money';
import fc from 'fast-check';
import t from 'tap';
import { billableCost, priceParts } from '../../formulas/price-parts.ts';
import { priceTexts } from './price-texts.ts';

const anna = {
  monthlySalaryMinor: 12_000_000,
  payrollTax: '0.302',
  monthlyOverheadMinor: 3_000_000,
  monthlyHours: 160,
  utilisation: '0.5',
};
const RUB = 'RUB';

t.test('the hour of Anna: four facts that add up to the price', async (t) => {
  const cost = billableCost({ ratePerHour: '2328.0000', breakdown: anna }, undefined, {
    basis: 'billable',
    currency: RUB,
  });
  if (cost === undefined) throw new Error('no cost');
  const priceMinor = priceOfHourMinor(cost.ratePerHour, '0.3', '0.06', RUB) ?? 0;
  t.equal(priceMinor, 363_750, '2,328 / (1 - 0.3 - 0.06)');
  const parts = priceParts({ priceMinor, revenueTax: '0.06', currency: RUB }, cost, anna);
  t.strictSame(
    parts.map(({ part, minor }) => [part, minor]),
    [
      ['salary', 75_000], // 120,000 / 160
      ['payroll-tax', 22_650], // x 0.302
      ['overhead', 18_750], // 30,000 / 160
      ['idle-time', 116_400], // as much again, for half of the time is sold
      ['revenue-tax', 21_825], // 3,637.50 x 0.06
      ['margin', 109_125], // 3,637.50 x 0.3
    ],
  );
  const told = { role: 'designer', currency: RUB, priceMinor, taxMinor: 21_825, vatMinor: 72_750, parts };
  const { client, internal } = priceTexts('ru', {
    ...told,
    margin: '0.3',
    revenueTax: '0.06',
    vat: '0.2',
    utilisation: '0.500000',
  });
  const plain = client.replace(/\s/g, ' ');
  t.match(plain, /стоит 3 637,50 RUB.*50 %.*6 %, это 218,25 RUB.*НДС 20 % начисляется сверху, всего 4 365,00 RUB/);
  t.notMatch(plain, /30 %|2 328|750,00|1 091,25/, 'neither margin, cost nor salary');
  t.match(internal.replace(/\s/g, ' '), /зарплата 750,00 RUB.*маржа 1 091,25 RUB/);
});

t.test('on the capacity basis an hour that is sold carries those that are not', async (t) => {
  const options = { basis: 'capacity' as const, currency: RUB };
  const paid = '1164.0000';
  t.equal(billableCost({ ratePerHour: paid, breakdown: anna }, undefined, options)?.ratePerHour, '2328.0000');
  t.equal(billableCost({ ratePerHour: paid, breakdown: null }, '0.5', options)?.ratePerHour, '2328.0000');
  t.equal(billableCost({ ratePerHour: paid, breakdown: null }, undefined, options), undefined, 'nothing is guessed');
  t.equal(billableCost({ ratePerHour: paid, breakdown: { ...anna, utilisation: '0' } }, undefined, options), undefined);
});

const share = (max: number) =>
  fc.integer({ min: 0, max }).map((millionth) => `0.${String(millionth).padStart(6, '0')}`);

t.test('the parts of any price add up to it, and none but the roundings is negative', async (t) => {
  fc.assert(
    fc.property(
      fc.record({
        monthlySalaryMinor: fc.integer({ min: 0, max: 100_000_000 }),
        payrollTax: share(999_999),
        monthlyOverheadMinor: fc.integer({ min: 0, max: 100_000_000 }),
        monthlyHours: fc.integer({ min: 1, max: 744 }),
        utilisation: fc.integer({ min: 1, max: 999_999 }).map((part) => `0.${String(part).padStart(6, '0')}`),
      }),
      share(600_000),
      share(300_000),
      (breakdown, margin, revenueTax) => {
        const rate = { ratePerHour: '0', breakdown };
        const cost = billableCost(rate, undefined, { basis: 'capacity', currency: RUB });
        if (cost === undefined) throw new Error('no cost');
        const priceMinor = priceOfHourMinor(cost.ratePerHour, margin, revenueTax, RUB) ?? -1;
        const parts = priceParts({ priceMinor, revenueTax, currency: RUB }, cost, breakdown);
        if (parts.reduce((sum, { minor }) => sum + minor, 0) !== priceMinor) throw new Error('they do not add up');
        const ofMargin = Number((BigInt(priceMinor) * millionths(margin)) / 1_000_000n);
        for (const { part, minor } of parts) {
          if (minor < -2) throw new Error(`${part} ${minor}`);
          if (part === 'margin' && Math.abs(minor - ofMargin) > 2) throw new Error(`${minor} is no ${margin}`);
        }
      },
    ),
  );
  t.pass();
});
