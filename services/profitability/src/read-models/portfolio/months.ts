import { addMonths, lastDayOf, monthOf, monthsFrom } from '@headroom/kernel';
import type { StageCell, StagesOnDays } from '../in-mind/agency-stages.ts';
import { costedPeopleOf, lifetimeOf, settledBy } from '../in-mind/lifetime.ts';
import type { StageRow } from '../tables.ts';

/** Months from one up to but not with another. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What one stage added to one month. */
export interface StageMonth {
  readonly month: string;
  /** The last day of the month that counts. */
  readonly day: string;
  readonly now: StageCell;
  readonly before: StageCell | undefined;
  readonly costedPeople: ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

const earlier = (one: string, other: string): string => (one < other ? one : other);

/**
 * What a stage added to each month of a period, up to a day: cost by the month of the work and of the expense, invoices and
 * payments by their dates, and of what was earned the difference between the ends of two months. So the months add up to
 * the stage's figures, to the last minor unit. Months in which nothing can have changed are left out.
 */
export const stageMonths = (stages: StagesOnDays, row: StageRow, { from, to }: Period, asOf: string): StageMonth[] => {
  const { first } = lifetimeOf(row);
  if (first === undefined || first > asOf) return [];
  const costedPeople = costedPeopleOf(row);
  const start = monthOf(first) > from ? monthOf(first) : from;
  const last = earlier(addMonths(to, -1), monthOf(settledBy(row, asOf) ?? asOf));
  if (start > last) return [];
  const endOf = (month: string) => earlier(lastDayOf(month), asOf);
  const previous = addMonths(start, -1);
  let before = monthOf(first) > previous ? undefined : stages.cell(row, endOf(previous));
  return monthsFrom(start, last).map((month) => {
    const day = endOf(month);
    const now = stages.cell(row, day);
    const added = { month, day, now, before, costedPeople: costedPeople.get(month) ?? NOBODY };
    before = now;
    return added;
  });
};
