import { addDays, weekdayOf } from '@headroom/kernel';

/** New Year's holidays, when nobody works or calls. */
const isHoliday = (date: string): boolean => /-01-0[1-8]$/.test(date) || date.endsWith('-12-31');

/** The days on which the demo's people work, in `[from, to]`. */
export const workingDays = (from: string, to: string): string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (weekdayOf(day) <= 5 && !isHoliday(day)) days.push(day);
  }
  return days;
};

const toHalfHours = (hours: number): number => Math.round(hours * 2) / 2;

/**
 * Spreads hours over working days in even parts of about `perDay` hours. The parts add up to the total, which is a
 * multiple of half an hour. `phase` (0 to 1) shifts the days, so that several kinds of work do not fall on the same ones.
 */
export const spread = (
  total: number,
  days: readonly string[],
  { perDay = 3, phase = 0 }: { readonly perDay?: number; readonly phase?: number } = {},
): { day: string; hours: number }[] => {
  const parts = Math.min(days.length, Math.max(1, Math.ceil(total / perDay)));
  const upTo = (part: number) => toHalfHours((total * part) / parts);
  return Array.from({ length: parts }, (_, part) => ({
    day: days[Math.floor(((part + phase) * days.length) / parts)] ?? '',
    hours: upTo(part + 1) - upTo(part),
  })).filter(({ hours }) => hours > 0);
};
