/**
 * Dates (`2026-03-16`) and months (`2026-03`) as texts, and arithmetic on them. Nothing here knows what day it is.
 * Periods are half-open: `[from, to)`. Only `localDate` deals with time zones.
 */

const parts = (text: string): [year: number, month: number, day: number] => [
  Number(text.slice(0, 4)),
  Number(text.slice(5, 7)),
  text.length > 7 ? Number(text.slice(8, 10)) : 1,
];

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

const DAYS_IN_400_YEARS = 146_097;
/** Days from 0000-03-01, the zero of this reckoning, to 1970-01-01. */
const DAYS_TO_1970 = 719_468;

/** Days since 1970-01-01 in the Gregorian calendar; years begin in March, so that the leap day is a year's last. */
const dayNumber = (date: string): number => {
  const [year, month, day] = parts(date);
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_400_YEARS + dayOfEra - DAYS_TO_1970;
};

/** The inverse of `dayNumber`. */
const dateOfDay = (days: number): string => {
  const shifted = days + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_IN_400_YEARS);
  const dayOfEra = shifted - era * DAYS_IN_400_YEARS;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
};

/** `2026-03` of `2026-03-16`. */
export const monthOf = (date: string): string => date.slice(0, 7);

/** `addDays('2026-02-28', 1)` is `2026-03-01`; `days` may be negative. */
export const addDays = (date: string, days: number): string => dateOfDay(dayNumber(date) + days);

/** Days from one date to another: 0 on the same day, negative when `to` is the earlier one. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** `addMonths('2026-11', 3)` is `2027-02`; `months` may be negative. */
export const addMonths = (month: string, months: number): string => {
  const [year, number] = parts(month);
  const total = year * 12 + number - 1 + months;
  return `${pad(Math.floor(total / 12), 4)}-${pad((((total % 12) + 12) % 12) + 1, 2)}`;
};

/** Months from one month to another: 0 in the same month, negative when `to` is the earlier one. */
export const monthsBetween = (from: string, to: string): number => {
  const [fromYear, fromMonth] = parts(from);
  const [toYear, toMonth] = parts(to);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
};

/** The months from `from` up to and with `to`, in order; none when `to` is earlier. */
export const monthsFrom = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, monthsBetween(from, to) + 1) }, (_, index) => addMonths(from, index));

/** `firstDayOf('2026-02')` is `2026-02-01`. */
export const firstDayOf = (month: string): string => `${month}-01`;

/** `lastDayOf('2026-02')` is `2026-02-28`. */
export const lastDayOf = (month: string): string => addDays(firstDayOf(addMonths(month, 1)), -1);

/**
 * The same day some months away, or that month's last day where it has no such day: one month after 2026-01-31 comes
 * 2026-02-28.
 */
export const addMonthsTo = (date: string, months: number): string => {
  const month = addMonths(monthOf(date), months);
  const sameDay = `${month}${date.slice(7)}`;
  const last = lastDayOf(month);
  return sameDay < last ? sameDay : last;
};

/** Whole months that have passed from one date to a later one; 0 when `to` is earlier. */
export const wholeMonthsBetween = (from: string, to: string): number => {
  const months = monthsBetween(monthOf(from), monthOf(to));
  return Math.max(0, addMonthsTo(from, months) > to ? months - 1 : months);
};

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export const weekdayOf = (date: string): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;

/** Mondays to Fridays in `[from, to)`. Public holidays differ by country and are not left out. */
export const workingDaysBetween = (from: string, to: string): number => {
  const days = Math.max(0, daysBetween(from, to));
  const weeks = Math.floor(days / 7);
  const first = weekdayOf(from);
  const rest = Array.from({ length: days % 7 }, (_, index) => ((first - 1 + index) % 7) + 1);
  return weeks * 5 + rest.filter((weekday) => weekday <= 5).length;
};

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format;
};

/** Whether the runtime knows an IANA time zone by this name. Bare offsets (`+03:00`) are not time zones: they know no summer. */
export const isTimeZone = (name: string): boolean => {
  if (/^[+-]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
};

const MINUTE_MS = 60_000;

/** The answers given for each zone, by minute: no day begins within one, and the same minutes are asked for again. */
const answers = new Map<string, Map<number, string>>();
const MOST_MINUTES = 10_000;

const answersFor = (timeZone: string): Map<number, string> => {
  const known = answers.get(timeZone) ?? new Map<number, string>();
  if (known.size >= MOST_MINUTES) known.clear();
  answers.set(timeZone, known);
  return known;
};

const WRITTEN = /^(\d\d)\/(\d\d)\/(\d+)$/;

/** The calendar date of an RFC 3339 instant in an IANA time zone. Throws `RangeError` when either is not one. */
export const localDate = (instant: string, timeZone: string): string => {
  const moment = new Date(instant);
  const minute = Math.floor(moment.getTime() / MINUTE_MS);
  const known = answers.get(timeZone)?.get(minute);
  if (known !== undefined) return known;
  const [, month, day, year = ''] = WRITTEN.exec(formatOf(timeZone).format(moment)) ?? [];
  const date = `${year.padStart(4, '0')}-${month}-${day}`;
  answersFor(timeZone).set(minute, date);
  return date;
};
