import { addMonths, lastDayOf } from '@headroom/kernel';
import type { StageCell, StagesOnDays } from '../in-mind/agency-stages.ts';
import type { StageRow } from '../tables.ts';
import { managerOf, type PortfolioScope, type Projects } from './asked.ts';
import { type Period, type StageMonth, stageMonths } from './months.ts';

/** Months of a stage, one after the other, that are in a portfolio. */
export interface StageSpan {
  readonly row: StageRow;
  readonly firstMonth: string;
  readonly lastMonth: string;
  /** The last day that counts. */
  readonly day: string;
  readonly now: StageCell;
  readonly before: StageCell | undefined;
  /** The day of `before`. */
  readonly dayBefore: string | undefined;
}

const spanOf = (row: StageRow, months: readonly [StageMonth, ...StageMonth[]], asOf: string): StageSpan => {
  const [first] = months;
  const last = months.at(-1) ?? first;
  const { before } = first;
  const endBefore = lastDayOf(addMonths(first.month, -1));
  return {
    row,
    firstMonth: first.month,
    lastMonth: last.month,
    day: last.day,
    now: last.now,
    before,
    dayBefore: before === undefined ? undefined : endBefore < asOf ? endBefore : asOf,
  };
};

/**
 * The months in which a stage counts for who is asked about, those that follow each other as one: what they add is the
 * difference between the two ends.
 */
export const stageSpans = (
  stages: StagesOnDays,
  row: StageRow,
  projects: Projects,
  { scope, period }: { readonly scope: PortfolioScope; readonly period: Period },
): StageSpan[] => {
  const { managerId, asOf } = scope;
  const spans: [StageMonth, ...StageMonth[]][] = [];
  let open: [StageMonth, ...StageMonth[]] | undefined;
  for (const added of stageMonths(stages, row, period, asOf)) {
    const counts = managerId === undefined || managerOf(projects, row, added.day) === managerId;
    if (!counts) open = undefined;
    else if (open !== undefined) open.push(added);
    else {
      open = [added];
      spans.push(open);
    }
  }
  return spans.map((months) => spanOf(row, months, asOf));
};
