import type { CumulativeFigures } from '@headroom/contracts/questions';
import type { StageRow } from '../tables.ts';
import { totalVisibility } from '../visibility.ts';
import type { StageCell, StagesOnDays } from './agency-stages.ts';
import { lifetimeOf } from './lifetime.ts';

const sumOn = async (stages: StagesOnDays, rows: readonly StageRow[], date: string): Promise<CumulativeFigures> => {
  const begun = rows.filter((row) => (lifetimeOf(row).first ?? '9999') <= date);
  await stages.prepare(begun, date);
  const sum = { revenueMinor: 0, costMinor: 0, seconds: 0, unpaidSeconds: 0, uncostedSeconds: 0 };
  const hidden: StageCell[] = [];
  for (const row of begun) {
    const cell = stages.cell(row, date);
    const { figures, visibility } = cell;
    sum.revenueMinor += figures.revenueMinor;
    sum.costMinor += figures.costMinor;
    sum.seconds += figures.seconds;
    sum.unpaidSeconds += figures.unpaidSeconds;
    sum.uncostedSeconds += figures.uncostedSeconds;
    if (!visibility.actual || !visibility.forecast) hidden.push(cell);
  }
  return { date, ...sum, tellsOneRate: !totalVisibility(hidden).actual };
};

type Sums = Map<string, Promise<CumulativeFigures>>;

/** By the very rows that were added up: they are the same ones for as long as none of them changed. */
const kept = new WeakMap<readonly StageRow[], Sums>();
/** Days and terms of one set of rows that are kept. */
const MOST_SUMS = 200;

const keptSum = (stages: StagesOnDays, rows: readonly StageRow[], date: string): Promise<CumulativeFigures> => {
  const sums: Sums = kept.get(rows) ?? new Map();
  kept.set(rows, sums);
  const id = `${date} ${stages.terms}`;
  // Whoever began may have lost its connection: that is not the fault of who waits for it.
  const known = sums.get(id)?.catch(() => sumOn(stages, rows, date)) ?? sumOn(stages, rows, date);
  const [oldest] = sums.keys();
  if (sums.size >= MOST_SUMS && oldest !== undefined && !sums.has(id)) sums.delete(oldest);
  if (!sums.has(id)) {
    sums.set(id, known);
    known.catch(() => sums.delete(id));
  }
  return known;
};

/**
 * What some of the stages had earned and spent up to and with each date; those that began later are not looked at. Sums
 * are kept by their rows.
 */
export const upTo = async (
  stages: StagesOnDays,
  rows: readonly StageRow[],
  dates: readonly string[],
): Promise<CumulativeFigures[]> => {
  const answers: CumulativeFigures[] = [];
  for (const date of dates) answers.push(await keptSum(stages, rows, date));
  return answers;
};
