const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
};

const WRITTEN = /^(\d\d)\/(\d\d)\/(\d{4}), (\d\d):(\d\d):(\d\d)$/;

/** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds. */
const offsetAt = (instant: number, timeZone: string): number => {
  const [, month, day, year, hour, minute, second] = WRITTEN.exec(formatOf(timeZone).format(instant)) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) - instant;
};

/** Midnight UTC of a date, and the zone's offsets a day before and after: they differ only where the clocks change near it. */
interface DayAround {
  readonly midnight: number;
  readonly before: number;
  readonly after: number;
}

/** By zone and date: a file has few dates and many rows. */
const daysAround = new Map<string, Map<string, DayAround>>();
const MAX_KEPT = 10_000;

const dayAround = (date: string, timeZone: string): DayAround => {
  const days = daysAround.get(timeZone) ?? new Map<string, DayAround>();
  const known = days.get(date);
  if (known !== undefined) return known;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const day = {
    midnight,
    before: offsetAt(midnight - DAY_MS, timeZone),
    after: offsetAt(midnight + 2 * DAY_MS, timeZone),
  };
  if (days.size >= MAX_KEPT) days.clear();
  days.set(date, day);
  daysAround.set(timeZone, days);
  return day;
};

/**
 * The instants (milliseconds since 1970) at which a zone's wall clock shows a time: one as a rule, none when the clocks
 * are put forward over it, two in the hour that comes twice when they are put back. In order.
 */
export const instantsOf = (date: string, secondOfDay: number, timeZone: string): number[] => {
  const { midnight, before, after } = dayAround(date, timeZone);
  const shown = midnight + secondOfDay * 1_000;
  if (before === after) return [shown - before];
  return [...new Set([before, after])]
    .map((offset) => shown - offset)
    .filter((instant) => offsetAt(instant, timeZone) === shown - instant)
    .sort((one, other) => one - other);
};
