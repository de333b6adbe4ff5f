import { addDays, addMonths, daysBetween, firstDayOf, lastDayOf } from '@headroom/kernel';

/** Monthly hours from a date on; `null`: whoever set it did not say. In the order of their dates. */
export interface MonthlyHours {
  readonly effectiveFrom: string;
  readonly monthlyHours: number | null;
}

/** A part `[from, to)` of a month in which the same hours are available; `null`: nobody knows them. */
export interface AvailableSpan {
  readonly from: string;
  readonly to: string;
  readonly monthlyHours: number | null;
  readonly source: 'cost-rate' | 'agency' | null;
}

export interface Employment {
  /** One a cost rate; the first says from when on the person works here. Empty: since always. */
  readonly costRates: readonly MonthlyHours[];
  readonly deactivatedOn: string | null;
}

const SECONDS_AN_HOUR = 3_600;

const hoursOn = (versions: readonly MonthlyHours[], day: string): number | null =>
  versions.findLast(({ effectiveFrom }) => effectiveFrom <= day)?.monthlyHours ?? null;

/** The month's last day that counts: in a running month today, and none (undefined) in one that has not begun. */
export const lastDayCounted = (month: string, today: string): string | undefined => {
  if (today < firstDayOf(month)) return undefined;
  const last = lastDayOf(month);
  return today < last ? today : last;
};

/**
 * The spans of a month in which a person was available: from the first cost rate (always, when there is none) until
 * the deactivation and with `through`. The breakdown of the cost rate in force tells the hours, else the agency.
 */
export const availableSpans = (
  month: string,
  through: string | undefined,
  { costRates, deactivatedOn }: Employment,
  agency: readonly MonthlyHours[],
): AvailableSpan[] => {
  if (through === undefined) return [];
  const latest = (one: string, other: string) => (one > other ? one : other);
  const from = latest(firstDayOf(month), costRates[0]?.effectiveFrom ?? '');
  const end = addDays(deactivatedOn !== null && deactivatedOn < through ? deactivatedOn : through, 1);
  const changes = [...costRates, ...agency].map(({ effectiveFrom }) => effectiveFrom);
  const cuts = [...new Set([from, ...changes.filter((day) => day > from && day < end)])].sort();
  if (from >= end) return [];
  return cuts.map((day, index): AvailableSpan => {
    const own = hoursOn(costRates, day);
    const monthlyHours = own ?? hoursOn(agency, day);
    const source = own !== null ? 'cost-rate' : monthlyHours !== null ? 'agency' : null;
    return { from: day, to: cuts[index + 1] ?? end, monthlyHours, source };
  });
};

/**
 * The available seconds of some spans of a month, each with the monthly hours by its calendar days; rounded once, half
 * up. Null when the hours of any span are unknown: a part of a denominator would be none.
 */
export const availableSeconds = (month: string, spans: readonly AvailableSpan[]): number | null => {
  const daysInMonth = daysBetween(firstDayOf(month), firstDayOf(addMonths(month, 1)));
  let dayHours = 0;
  for (const { from, to, monthlyHours } of spans) {
    if (monthlyHours === null) return null;
    dayHours += daysBetween(from, to) * monthlyHours;
  }
  return Math.round((dayHours * SECONDS_AN_HOUR) / daysInMonth);
};
