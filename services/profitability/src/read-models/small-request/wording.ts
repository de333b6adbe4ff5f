import { formatMoney } from '@headroom/money';

export type Language = 'en' | 'ru';

/** How a language writes the values that texts hold. */
export interface Wording {
  /** `3.5 hours`, `2 часа`: in the right plural form. */
  readonly hours: (seconds: number) => string;
  readonly money: (minor: number, currency: string) => string;
  /** `35.79%`; a margin that has no value is named as such. */
  readonly percent: (ratio: string | null) => string;
}

type Plurals = { readonly [Rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

const wordingOf = (language: Language, hour: Plurals, none: string): Wording => {
  const digits = { maximumFractionDigits: 2 };
  const number = new Intl.NumberFormat(language, digits);
  const rules = new Intl.PluralRules(language, digits);
  const share = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return {
    hours: (seconds) => {
      const hours = seconds / 3_600;
      return `${number.format(hours)} ${hour[rules.select(Math.abs(hours))] ?? hour.other}`;
    },
    money: (minor, currency) => formatMoney(minor, currency, language),
    percent: (ratio) => (ratio === null ? none : share.format(Number(ratio))),
  };
};

export const wordings: { readonly [L in Language]: Wording } = {
  en: wordingOf('en', { one: 'hour', other: 'hours' }, 'none'),
  ru: wordingOf('ru', { one: 'час', few: 'часа', many: 'часов', other: 'часа' }, 'нет значения'),
};
