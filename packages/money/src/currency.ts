import { divideRounded, parseDecimal } from './decimal.ts';

const known = new Set(Intl.supportedValuesOf('currency'));
const exponents = new Map<string, number>();

/** Whether a code is a currency of ISO 4217. */
export const isCurrency = (code: string): boolean => known.has(code);

/** Decimals of a currency's minor unit after ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export const exponentOf = (currency: string): number => {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    exponent =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
};

/** An amount for people: `1,191.02 RUB`, with the decimals of its currency. */
export const formatMoney = (minor: number, currency: string, language = 'en'): string => {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const whole = exponent === 0 ? digits : digits.slice(0, -exponent);
  const grouped = new Intl.NumberFormat(language, { useGrouping: true }).format(BigInt(whole));
  const separator = language === 'ru' ? ',' : '.';
  const fraction = exponent === 0 ? '' : `${separator}${digits.slice(-exponent)}`;
  return `${minor < 0 ? '-' : ''}${grouped}${fraction} ${currency}`;
};

/** An amount for people; a dash where it has no value or is not shown. */
export const writtenAmount = (
  money: { readonly minor: number; readonly currency: string } | null,
  language: 'en' | 'ru',
): string => (money === null ? '–' : formatMoney(money.minor, money.currency, language));

const EXCHANGE_SCALE = 8;

/**
 * An amount in another currency: `minor x rate`, halves away from zero, where `rate` (up to 8 decimals) is what one
 * major unit of `from` is worth in major units of `to`.
 */
export const convert = (minor: number, from: string, to: string, rate: string): number => {
  const above = BigInt(minor) * parseDecimal(rate, EXCHANGE_SCALE) * 10n ** BigInt(exponentOf(to));
  return Number(divideRounded(above, 10n ** BigInt(EXCHANGE_SCALE + exponentOf(from))));
};
