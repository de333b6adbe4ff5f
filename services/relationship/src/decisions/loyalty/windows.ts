import { addDays, addMonthsTo } from '@headroom/kernel';

/** Days `[from, to)`. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** The months that end with a day: the three months of 2026-03-31 are `[2026-01-01, 2026-04-01)`. */
export const trailingMonths = (asOf: string, months: number): Window => {
  const to = addDays(asOf, 1);
  return { from: addMonthsTo(to, -months), to };
};

/** The last day before a window: what had been earned by then is not of the window. */
export const dayBefore = ({ from }: Window): string => addDays(from, -1);

export const PROFIT_MONTHS = 12;
export const GROWTH_MONTHS = 6;
export const CONTACT_MONTHS = 3;
export const REPEAT_MONTHS = 24;
