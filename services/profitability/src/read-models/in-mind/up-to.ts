import type { CumulativeFigures } from '@headroom/contracts/questions';
import type { StageRow } from '../tables.ts';
import { totalVisibility } from '../visibility.ts';
import type { StagesOnDays } from './agency-stages.ts';
import { lifetimeOf } from './lifetime.ts';

/** What some of the stages had earned and spent up to and with each date; those that began later are not looked at. */
export const upTo = async (
  stages: StagesOnDays,
  rows: readonly StageRow[],
  dates: readonly string[],
): Promise<CumulativeFigures[]> => {
  const answers: CumulativeFigures[] = [];
  for (const date of dates) {
    const begun = rows.filter((row) => (lifetimeOf(row).first ?? '9999') <= date);
    await stages.prepare(begun, date);
    const cells = begun.map((row) => stages.cell(row, date));
    const sum = (of: (figures: (typeof cells)[number]['figures']) => number) =>
      cells.reduce((total, { figures }) => total + of(figures), 0);
    answers.push({
      date,
      revenueMinor: sum(({ revenueMinor }) => revenueMinor),
      costMinor: sum(({ costMinor }) => costMinor),
      seconds: sum(({ seconds }) => seconds),
      unpaidSeconds: sum(({ unpaidSeconds }) => unpaidSeconds),
      uncostedSeconds: sum(({ uncostedSeconds }) => uncostedSeconds),
      tellsOneRate: !totalVisibility(cells).actual,
    });
  }
  return answers;
};
