import type { Language } from '@headroom/http/pages';
import { formatMoney } from '@headroom/money';

export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** `31,500.00 RUB` */
export const writtenMoney = ({ minor, currency }: Money, language: Language): string =>
  formatMoney(minor, currency, language);
