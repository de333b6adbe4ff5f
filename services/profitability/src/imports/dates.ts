import { date } from '@headroom/contracts/events/values';
import { type Parsed, parsed, unreadable } from './parsed.ts';

/** The order in which a file writes day, month and year. */
export type DateOrder = 'YMD' | 'DMY' | 'MDY';

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;

/** A file has few dates and many rows. */
const known = new Map<string, boolean>();
const MAX_KNOWN = 10_000;

const isDate = (text: string): boolean => {
  let real = known.get(text);
  if (real === undefined) {
    real = date.safeParse(text).success;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, real);
  }
  return real;
};

const iso = (year: string, month: string, day: string): string[] => {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(text) ? [text] : [];
};

const candidates = (text: string, order: DateOrder | undefined): string[] | undefined => {
  const first = YEAR_FIRST.exec(text);
  if (first !== null) return iso(first[1] ?? '', first[3] ?? '', first[4] ?? '');
  const last = YEAR_LAST.exec(text);
  if (last === null || order === 'YMD') return undefined;
  const [one = '', , two = '', year = ''] = last.slice(1);
  const dayFirst = order === 'MDY' ? [] : iso(year, two, one);
  const monthFirst = order === 'DMY' ? [] : iso(year, one, two);
  return [...new Set([...dayFirst, ...monthFirst])];
};

/**
 * Reads a calendar date as `2026-03-16`. A year of four digits comes first, or last with the order stated. Without an
 * order a date is taken only if one reading alone is a real date (25/04/2026); 03/04/2026 is `ambiguous-date`.
 */
export const dateIn =
  (order: DateOrder | undefined) =>
  (text: string): Parsed<string> => {
    const found = candidates(text, order);
    if (found === undefined) {
      return unreadable('invalid-date', `a date has a year of four digits${order ? ` in the order ${order}` : ''}`);
    }
    const [only, other] = found;
    if (only === undefined) return unreadable('invalid-date', 'there is no such date');
    if (other === undefined) return parsed(only);
    return unreadable('ambiguous-date', `this may be ${only} or ${other}; state the date order (DMY or MDY)`);
  };
