import fc from 'fast-check';
import t from 'tap';
import {
  allocate,
  convert,
  costPerHour,
  divideRounded,
  exactCost,
  exactOf,
  exponentOf,
  formatDecimal,
  formatMoney,
  meanRateUnits,
  moneyOf,
  parseDecimal,
  priceAtMargin,
  priceOfHourMinor,
  rateUnits,
  ratioOf,
  secondsFor,
  shareOf,
} from './index.ts';

const anna = {
  monthlySalaryMinor: 12_000_000,
  payrollTax: '0.302',
  monthlyOverheadMinor: 3_000_000,
  monthlyHours: 160,
  utilisation: '0.5',
};

t.test('the cost of an hour of the worked example', async (t) => {
  t.equal(costPerHour(anna, 'billable', 'RUB'), '2328.0000', 'Anna: 186,240 / (160 x 0.5)');
  t.equal(costPerHour({ ...anna, monthlySalaryMinor: 15_000_000 }, 'billable', 'RUB'), '2816.2500', 'Boris');
  t.equal(
    costPerHour({ ...anna, monthlySalaryMinor: 14_000_000 }, 'billable', 'RUB'),
    '2653.5000',
    'Anna after the rise',
  );
  t.equal(costPerHour(anna, 'capacity', 'RUB'), '1164.0000', 'on the capacity basis idle time is not in the hour');
  t.throws(() => costPerHour({ ...anna, utilisation: '0' }, 'billable', 'RUB'));
});

t.test('the price of an hour of the worked example', async (t) => {
  t.equal(priceOfHourMinor('2328.0000', '0.3', '0', 'RUB'), 332_571);
  t.equal(priceOfHourMinor('2328.0000', '0.3', '0.06', 'RUB'), 363_750);
  t.equal(priceOfHourMinor('2328.0000', '0.94', '0.06', 'RUB'), undefined, 'nothing is left to pay the hour');
});

t.test('the surcharge that keeps a standard is a price at a margin', async (t) => {
  // (133,070.25 - 200,000 x 0.6) / 0.6 = 21,783.75
  t.equal(priceAtMargin(13_307_025 - shareOf(20_000_000, '0.6'), '0.4'), 2_178_375);
  t.equal(priceAtMargin(1, '1'), undefined);
});

t.test('rounding goes away from zero at the half, once', async (t) => {
  t.strictSame(
    [5n, -5n, 4n, -4n, 15n].map((value) => divideRounded(value, 10n)),
    [1n, -1n, 0n, 0n, 2n],
  );
  t.equal(moneyOf(exactCost(1, rateUnits('0.0001')), 'EUR'), 0);
  t.equal(moneyOf(exactCost(18, rateUnits('1')), 'EUR'), 1, 'half a cent is a cent');
  t.equal(moneyOf(-exactCost(18, rateUnits('1')), 'EUR'), -1);
  t.equal(moneyOf(exactCost(3600, rateUnits('2328')), 'JPY'), 2328);
  t.equal(moneyOf(exactCost(3600, rateUnits('1.2345')), 'KWD'), 1235);
});

t.test('ratios have six decimals, and no value over nothing', async (t) => {
  t.equal(ratioOf(7_158_575n, 20_000_000n), '0.357929');
  t.equal(ratioOf(-1, 3), '-0.333333');
  t.equal(ratioOf(1, -3), '-0.333333');
  t.equal(ratioOf(1, 0), null);
});

t.test('currencies have the exponent of ISO 4217', async (t) => {
  t.strictSame(['EUR', 'JPY', 'KWD', 'RUB'].map(exponentOf), [2, 0, 3, 2]);
  t.equal(formatMoney(-841_425, 'RUB'), '-8,414.25 RUB');
  t.equal(formatMoney(5, 'EUR'), '0.05 EUR');
  t.equal(formatMoney(2328, 'JPY'), '2,328 JPY');
});

t.test('seconds that an amount pays for never cost more than the amount', async (t) => {
  t.equal(secondsFor(2_328_00, rateUnits('2328'), 'RUB'), 3600);
  t.equal(secondsFor(1, 0, 'RUB'), undefined);
  fc.assert(
    fc.property(fc.nat(1e12), fc.integer({ min: 10_000, max: 1e9 }), (minor, units) => {
      const seconds = secondsFor(minor, units, 'EUR') as number;
      return exactCost(seconds, units) <= exactOf(minor, 'EUR');
    }),
  );
  t.pass();
});

t.test('properties', async (t) => {
  const lines = fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { maxLength: 40 });
  fc.assert(
    fc.property(lines, fc.constantFrom('EUR', 'JPY', 'KWD'), (exact, currency) => {
      const total = moneyOf(
        exact.reduce((sum, line) => sum + line, 0n),
        currency,
      );
      return allocate(exact, currency).reduce((sum, line) => sum + line, 0) === total;
    }),
  );
  t.pass('allocated lines add up to the rounded total');

  fc.assert(
    fc.property(fc.integer({ min: 2, max: 86_400 }), fc.nat(10 ** 9), fc.nat(), (seconds, units, cut) => {
      const first = 1 + (cut % (seconds - 1));
      return exactCost(first, units) + exactCost(seconds - first, units) === exactCost(seconds, units);
    }),
  );
  t.pass('splitting an entry changes no cost');

  fc.assert(
    fc.property(fc.bigInt(), fc.nat(8), (value, scale) => parseDecimal(formatDecimal(value, scale), scale) === value),
  );
  t.pass('decimals survive writing and reading');

  fc.assert(
    fc.property(fc.array(fc.nat(10 ** 9), { minLength: 1 }), (units) => {
      const mean = meanRateUnits(units) as number;
      return mean >= Math.min(...units) && mean <= Math.max(...units);
    }),
  );
  t.pass('a mean lies among its rates');
});

t.test('amounts are converted at a stated rate, between different exponents too', async (t) => {
  t.equal(convert(10_000, 'EUR', 'RUB', '101.25'), 1_012_500, '100 EUR at 101.25');
  t.equal(convert(1_000, 'JPY', 'EUR', '0.0061'), 610, '1,000 JPY at 0.0061');
  t.equal(convert(-1, 'EUR', 'RUB', '0.5'), -1, 'half a kopeck goes away from zero');
});
