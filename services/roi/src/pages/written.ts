import { formatMoney } from '@headroom/money';

export type Language = 'en' | 'ru';
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** `31,500.00 RUB` */
export const writtenMoney = ({ minor, currency }: Money, language: Language): string =>
  formatMoney(minor, currency, language);

/** `64.2%` of a ratio; a dash where it has no value. */
export const writtenRatio = (ratio: string | null, language: Language): string =>
  ratio === null
    ? '–'
    : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(Number(ratio));

/** `January 2026` */
export const writtenMonth = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** `31 January 2026` */
export const writtenDate = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
