import type { RestatedMonth } from '@headroom/contracts/events';
import { addMonths, monthOf } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import type { StagesOnDays } from '../in-mind/agency-stages.ts';
import { stageMonths } from '../portfolio/months.ts';
import { reviewTable } from '../reviews/tables.ts';
import { periodTable, type StageRow, type TimeEntryRow } from '../tables.ts';
import type { BothWorlds } from './both-worlds.ts';

interface Sums {
  revenueMinor: number;
  costMinor: number;
}

/** More months than an agency has ever closed. */
const MOST_MONTHS = 2_000;

const closedMonths = async (reader: RowReader, tenantId: string): Promise<string[]> => {
  const where = [
    { column: 'tenantId', equals: tenantId },
    { column: 'closed', equals: true },
  ];
  const rows = await reader.list(periodTable, { where, orderBy: [{ column: 'month' }], limit: MOST_MONTHS });
  return rows.map(({ month }) => month);
};

/** Adds what a stage brought and cost in each month. */
const addStage = (
  sums: Map<string, Sums>,
  stages: StagesOnDays,
  row: StageRow,
  { from, to, asOf }: { readonly from: string; readonly to: string; readonly asOf: string },
): void => {
  for (const { month, now, before } of stageMonths(stages, row, { from, to }, asOf)) {
    const sum = sums.get(month) ?? { revenueMinor: 0, costMinor: 0 };
    sum.revenueMinor += now.figures.revenueMinor - (before?.figures.revenueMinor ?? 0);
    sum.costMinor += now.figures.costMinor - (before?.figures.costMinor ?? 0);
    sums.set(month, sum);
  }
};

const NOTHING: Sums = { revenueMinor: 0, costMinor: 0 };

/**
 * The closed months whose figures would move, as they are and as they would be: what all stages brought and cost in the
 * month, as the portfolio has it. `entries` are those that are priced anew.
 */
export const restatedMonths = async (
  reader: RowReader,
  worlds: BothWorlds,
  entries: readonly TimeEntryRow[],
  asOf: string,
): Promise<RestatedMonth[]> => {
  const months = await closedMonths(reader, worlds.before.agency.tenantId);
  const [first, last] = [months[0], months.at(-1)];
  const moved = worlds.pairs.filter(({ row }) => worlds.supposed(row) !== row);
  if (first === undefined || last === undefined || moved.length === 0) return [];
  const range = { from: first, to: addMonths(last, 1), asOf };
  const [before, after] = [new Map<string, Sums>(), new Map<string, Sums>()];
  for (const { row } of worlds.pairs) {
    const supposed = worlds.supposed(row);
    addStage(before, worlds.before.stages, row, range);
    if (supposed === row) addStage(after, worlds.before.stages, row, range);
    else addStage(after, worlds.after.stages, supposed, range);
  }
  return months.flatMap((month) => {
    const [one, other] = [before.get(month) ?? NOTHING, after.get(month) ?? NOTHING];
    if (one.costMinor === other.costMinor && one.revenueMinor === other.revenueMinor) return [];
    const seconds = entries.reduce((sum, entry) => sum + (monthOf(entry.workDate) === month ? entry.seconds : 0), 0);
    return [{ month, before: { ...one }, after: { ...other }, seconds }];
  });
};

/** The months whose frozen review holds a stage that would move: it stays as reported, with a restatement beside it. */
export const reviewsTouched = async (reader: RowReader, worlds: BothWorlds): Promise<string[]> => {
  const { tenantId } = worlds.before.agency;
  const moved = worlds.pairs.filter((pair) => pair.moved && pair.row.closedOn !== null).map(({ row }) => row);
  const ids = new Set(moved.map(({ stageId }) => stageId));
  const months = [...new Set(moved.map(({ closedOn }) => monthOf(closedOn as string)))].sort();
  const rows = await Promise.all(months.map((month) => reader.get(reviewTable, tenantId, month)));
  return rows.flatMap((row) => (row?.review.stages.some(({ stageId }) => ids.has(stageId)) ? [row.month] : []));
};
