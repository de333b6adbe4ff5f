import { type Parsed, parsed, unreadable } from './parsed.ts';

const TIME = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?:\s*([ap])\.?m\.?)?$/i;

const hourOf = (hour: number, half: string | undefined): number | undefined => {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
};

/** Reads a wall clock's time (`09:30`, `09:30:15`, `9:30 PM`) into seconds since midnight. */
export const timeOfDay = (text: string): Parsed<number> => {
  const [, hour, minutes, seconds, half] = TIME.exec(text) ?? [];
  const hours = hour === undefined ? undefined : hourOf(Number(hour), half);
  if (hours === undefined) return unreadable('invalid-time', 'a time is written 09:30:00 or 9:30 AM');
  return parsed(hours * 3_600 + Number(minutes) * 60 + Number(seconds ?? 0));
};
