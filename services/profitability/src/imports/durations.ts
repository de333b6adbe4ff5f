import { divideRounded } from '@headroom/money';
import { type Parsed, parsed, unreadable } from './parsed.ts';

/** The sign between the whole and the fraction of a number. */
export type DecimalSeparator = '.' | ',';

const SECONDS_OF_DAY = 86_400;
const SECONDS_OF_HOUR = 3_600;

const withinADay = (seconds: number): Parsed<number> => {
  if (seconds === 0) return unreadable('no-time', 'the entry has no time');
  if (seconds > SECONDS_OF_DAY) return unreadable('over-a-day', 'an entry is at most 24 hours long');
  return parsed(seconds);
};

const CLOCK = /^(\d{1,5}):([0-5]\d):([0-5]\d)$/;
const TWO_PARTS = /^\d+:\d{2}$/;

/** Reads a duration written as hours, minutes and seconds (`1:30:00`, `01:30:00`) into seconds. */
export const clockDuration = (text: string): Parsed<number> => {
  const [, hours, minutes, seconds] = CLOCK.exec(text) ?? [];
  if (hours !== undefined) {
    return withinADay(Number(hours) * SECONDS_OF_HOUR + Number(minutes) * 60 + Number(seconds));
  }
  if (TWO_PARTS.test(text)) {
    return unreadable(
      'ambiguous-duration',
      'this may be hours and minutes or minutes and seconds; export it as HH:MM:SS',
    );
  }
  return unreadable(
    'invalid-duration',
    'a duration is written HH:MM:SS; set this format in the tracker and export again',
  );
};

const PLAIN = /^\d{1,9}$/;
const DECIMAL = /^(\d{1,9})([.,])(\d{1,12})$/;
const MARKED = /[.,]/;

/**
 * Reads hours written as a decimal number (`1.33`) into whole seconds, exactly, halves of a second rounded up. Only the
 * separator stated is taken; any other mark is `ambiguous-number`, for `1,50` may be one and a half or a hundred and fifty.
 */
export const decimalHours =
  (separator: DecimalSeparator | undefined) =>
  (text: string): Parsed<number> => {
    if (PLAIN.test(text)) return withinADay(Number(text) * SECONDS_OF_HOUR);
    const [, whole = '', mark, fraction = ''] = DECIMAL.exec(text) ?? [];
    if (mark !== undefined && mark === separator) {
      const scale = 10n ** BigInt(fraction.length);
      return withinADay(Number(divideRounded(BigInt(whole + fraction) * BigInt(SECONDS_OF_HOUR), scale)));
    }
    if (MARKED.test(text)) {
      const stated =
        separator === undefined ? 'state the decimal separator' : `the decimal separator stated is "${separator}"`;
      return unreadable('ambiguous-number', `${stated}; no other mark may stand in a number`);
    }
    return unreadable('invalid-number', 'hours are a number of zero or more');
  };

const HOURS_AND_MINUTES = /^(\d{1,5}):([0-5]\d)$/;

/**
 * Reads a duration whose column counts in hours, whichever way the tracker was set to write it: `1:30:00`, `1:30` or, with
 * the separator stated, `1.50`.
 */
export const hoursWritten =
  (separator: DecimalSeparator | undefined) =>
  (text: string): Parsed<number> => {
    const [, hours, minutes] = HOURS_AND_MINUTES.exec(text) ?? [];
    if (hours !== undefined) return withinADay(Number(hours) * SECONDS_OF_HOUR + Number(minutes) * 60);
    return text.includes(':') ? clockDuration(text) : decimalHours(separator)(text);
  };
