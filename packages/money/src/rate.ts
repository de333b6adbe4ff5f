import { exponentOf } from './currency.ts';
import { divideRounded, formatDecimal, millionths, ONE, parseDecimal } from './decimal.ts';

const RATE_SCALE = 4;
const SECONDS_AN_HOUR = 3600n;
const RATE_ONE = 10n ** BigInt(RATE_SCALE);

/** A rate (`2328.0000` major units an hour) in ten-thousandths of a major unit an hour. */
export const rateUnits = (ratePerHour: string): number => Number(parseDecimal(ratePerHour, RATE_SCALE));

/** The rate string of a number of ten-thousandths. */
export const formatRate = (units: number | bigint): string => formatDecimal(BigInt(units), RATE_SCALE);

/**
 * Exact cost, an integer over the fixed denominator `3600 x 10,000` major units: seconds x rate.
 * It is rounded to money once, by `moneyOf`.
 */
export const exactCost = (seconds: number, units: number): bigint => BigInt(seconds) * BigInt(units);

/** The fraction of minor units that an exact cost is, before it is rounded. */
export const moneyFraction = (exact: bigint, currency: string) => ({
  numerator: exact * 10n ** BigInt(exponentOf(currency)),
  denominator: SECONDS_AN_HOUR * RATE_ONE,
});

/** Minor units of an exact cost, halves away from zero. */
export const moneyOf = (exact: bigint, currency: string): number => {
  const { numerator, denominator } = moneyFraction(exact, currency);
  return Number(divideRounded(numerator, denominator));
};

/** The exact cost of an amount of money, so that amounts and labour add up before they are rounded. */
export const exactOf = (minor: number, currency: string): bigint =>
  (BigInt(minor) * SECONDS_AN_HOUR * RATE_ONE) / 10n ** BigInt(exponentOf(currency));

/**
 * Money for lines that add up to the rounded total: `line_i = round(cum_i) - round(cum_i-1)`, in the order given.
 */
export const allocate = (exactLines: readonly bigint[], currency: string): number[] => {
  let cumulated = 0n;
  let before = 0;
  return exactLines.map((line) => {
    cumulated += line;
    const now = moneyOf(cumulated, currency);
    const allocated = now - before;
    before = now;
    return allocated;
  });
};

/** What an hour of a person is made of, in minor units of one currency and shares. */
export interface HourBreakdown {
  readonly monthlySalaryMinor: number;
  readonly payrollTax: string;
  readonly monthlyOverheadMinor: number;
  readonly monthlyHours: number;
  readonly utilisation: string;
}

/** `salary x (1 + payrollTax) + overhead`, in minor units, rounded. */
export const loadedMonthlyMinor = (breakdown: HourBreakdown): number =>
  Number(divideRounded(loadedMonthlyMillionths(breakdown), ONE));

const loadedMonthlyMillionths = (breakdown: HourBreakdown): bigint =>
  BigInt(breakdown.monthlySalaryMinor) * (ONE + millionths(breakdown.payrollTax)) +
  BigInt(breakdown.monthlyOverheadMinor) * ONE;

/**
 * The cost of an hour from its breakdown, rounded half-up to 4 decimals: `loadedMonthly / hours` on the basis
 * `capacity`, `loadedMonthly / (hours x utilisation)` on `billable`. Throws when the divisor would be 0.
 */
export const costPerHour = (breakdown: HourBreakdown, basis: 'capacity' | 'billable', currency: string): string => {
  const utilisation = basis === 'billable' ? millionths(breakdown.utilisation) : ONE;
  const divisor = BigInt(breakdown.monthlyHours) * utilisation * 10n ** BigInt(exponentOf(currency));
  if (divisor === 0n) throw new Error('an hour costs nothing that can be told when no hour is sold');
  return formatRate(divideRounded(loadedMonthlyMillionths(breakdown) * RATE_ONE, divisor));
};

/** The mean of some rates, rounded half-up to 4 decimals; undefined when there are none. */
export const meanRateUnits = (units: readonly number[]): number | undefined => {
  if (units.length === 0) return undefined;
  const sum = units.reduce((total, each) => total + BigInt(each), 0n);
  return Number(divideRounded(sum, BigInt(units.length)));
};

/**
 * Price of an hour: `cost / (1 - margin - revenueTax)`, in minor units, halves away from zero; VAT goes on top.
 * Undefined when margin and tax leave nothing (`>= 1`).
 */
export const priceOfHourMinor = (
  ratePerHour: string,
  margin: string,
  revenueTax: string,
  currency: string,
): number | undefined => {
  const left = ONE - millionths(margin) - millionths(revenueTax);
  if (left <= 0n) return undefined;
  const scaled = parseDecimal(ratePerHour, RATE_SCALE) * 10n ** BigInt(exponentOf(currency)) * ONE;
  return Number(divideRounded(scaled, RATE_ONE * left));
};

/** `minor / (1 - margin)`, halves away from zero: the price that leaves the margin. Undefined from a margin of 1 on. */
export const priceAtMargin = (costMinor: number, margin: string): number | undefined => {
  const left = ONE - millionths(margin);
  return left <= 0n ? undefined : Number(divideRounded(BigInt(costMinor) * ONE, left));
};

/** `minor x ratio`, halves away from zero. */
export const shareOf = (minor: number, ratio: string): number =>
  Number(divideRounded(BigInt(minor) * millionths(ratio), ONE));

/** Seconds of work that an amount pays for at a rate, whole seconds towards zero; undefined at a rate of 0. */
export const secondsFor = (minor: number, units: number, currency: string): number | undefined =>
  units === 0 ? undefined : Number(exactOf(minor, currency) / BigInt(units));
