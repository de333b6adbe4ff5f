import type { TimeEntry } from '@headroom/contracts/events';
import { addMonths, firstDayOf, localDate, monthOf } from '@headroom/kernel';
import type { Timesheet } from './timesheet.ts';

const SECONDS_A_DAY = 86_400;

/** The months that are closed, and the day it is where the agency is. */
export interface Books {
  readonly closedMonths: ReadonlySet<string>;
  readonly today: string;
}

/** What the agency's settings and books say about time. */
export interface TimeRules extends Books {
  readonly overlap: 'allow' | 'refuse';
  readonly timeZone: string;
  /** The same person's timesheets of the months before and after, where a span could reach into them. */
  readonly neighbours: readonly Timesheet[];
}

/** How a caller asks to have hours of a closed month posted to an open one. */
export interface Posting {
  readonly adjustment?: boolean | undefined;
  /** The day to post on; today, or the first open day after it, when absent. */
  readonly postOn?: string | undefined;
}

export type PostingRefusal = 'period-closed' | 'posted-before-work';

/** Whether a day would have more than 24 hours. */
export const overfull = (timesheet: Timesheet, day: string, added: number): boolean =>
  (timesheet.secondsByDay.get(day) ?? 0) + added > SECONDS_A_DAY;

type Spanning = Pick<TimeEntry, 'entryId' | 'startedAt' | 'seconds'>;

const overlap = (one: Spanning, other: Spanning): boolean => {
  if (one.startedAt === null || other.startedAt === null || one.entryId === other.entryId) return false;
  const from = Date.parse(one.startedAt);
  const otherFrom = Date.parse(other.startedAt);
  return from < otherFrom + other.seconds * 1_000 && otherFrom < from + one.seconds * 1_000;
};

/** The entry whose span covers minutes of this one, where the agency refuses that; entries without a span have none. */
export const overlapped = (entry: Spanning, timesheet: Timesheet, rules: TimeRules): string | undefined => {
  if (rules.overlap === 'allow' || entry.startedAt === null) return undefined;
  for (const { entries } of [timesheet, ...rules.neighbours]) {
    for (const other of entries.values()) if (other !== 'voided' && overlap(entry, other)) return other.entryId;
  }
  return undefined;
};

/** Whether the clock time of an entry lies on its work date where the agency is. */
export const startsOnItsDay = (startedAt: string | null, workDate: string, { timeZone }: TimeRules): boolean =>
  startedAt === null || localDate(startedAt, timeZone) === workDate;

/** The day itself when its month is open, else the first day of the first open month after it. */
export const firstOpenDay = (day: string, closedMonths: ReadonlySet<string>): string => {
  let open = day;
  while (closedMonths.has(monthOf(open))) open = firstDayOf(addMonths(monthOf(open), 1));
  return open;
};

/** The day of an open month on which to post a difference to facts of `day`; refused when the one asked for is not. */
export const postingDay = (
  day: string,
  { postOn }: Posting,
  { closedMonths, today }: Books,
): { readonly postedOn: string } | { readonly refused: PostingRefusal } => {
  const postedOn = postOn ?? firstOpenDay(today > day ? today : day, closedMonths);
  if (closedMonths.has(monthOf(postedOn))) return { refused: 'period-closed' };
  return postedOn < day ? { refused: 'posted-before-work' } : { postedOn };
};

/** Where the figures count a new fact: on its day, or, when its month is closed and the caller asks for it, later. */
export const postedOnOf = (
  day: string,
  posting: Posting,
  books: Books,
): { readonly postedOn: string | null } | { readonly refused: PostingRefusal } => {
  if (!books.closedMonths.has(monthOf(day))) return { postedOn: null };
  return posting.adjustment === true ? postingDay(day, posting, books) : { refused: 'period-closed' };
};
