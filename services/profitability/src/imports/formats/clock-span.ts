import { dateIn } from '../dates.ts';
import type { Row } from '../row.ts';
import { timeOfDay } from '../time-of-day.ts';
import { instantsOf } from '../time-zone.ts';
import { type WorkedSpan, workedSpan } from '../worked-span.ts';
import type { ReadingOptions } from './tracker-format.ts';

/** A wall clock's date and time, in seconds since midnight. */
export interface ClockTime {
  readonly date: string;
  readonly second: number;
}

/** The span that begins at a wall clock's time; an instant that no clock showed is noted as the problem of `column`. */
export const spanFrom = <Column extends string>(
  row: Row<Column>,
  column: Column,
  { timeZone }: ReadingOptions,
  { start, end, seconds }: { readonly start: ClockTime; readonly end: ClockTime | undefined; readonly seconds: number },
): WorkedSpan => {
  const starts = instantsOf(start.date, start.second, timeZone);
  if (starts.length === 0) row.refuse(column, 'no-such-time', `no clock in ${timeZone} showed this time that day`);
  return workedSpan(starts, end === undefined ? [] : instantsOf(end.date, end.second, timeZone), seconds);
};

/** The end of an entry where the file tells it in a column for the date and one for the time. */
export const endOf = (row: Row<'endDate' | 'endTime'>, { dateOrder }: ReadingOptions): ClockTime | undefined => {
  const date = row.optional('endDate', dateIn(dateOrder));
  const second = row.optional('endTime', timeOfDay);
  return date === undefined || second === undefined ? undefined : { date, second };
};
