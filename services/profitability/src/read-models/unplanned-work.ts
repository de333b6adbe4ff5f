import { exactCost, moneyOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import type { ExpenseCategory } from '../formulas/stage-ledger.ts';
import type { ExchangeRate } from '../formulas/stage-state.ts';
import { convertedExpenses } from './expenses.ts';
import type { StageView } from './stage-view.ts';
import { type TimeEntryRow, timeEntryTable } from './tables.ts';

/** Work that the plan did not hold, with what it cost: a trip, rework, talk, a favour, or money spent. */
export interface UnplannedWork {
  readonly kind: 'time' | 'expense';
  readonly activity: TimeEntryRow['activity'] | null;
  readonly category: ExpenseCategory | null;
  readonly note: string | null;
  readonly trip: boolean;
  readonly seconds: number;
  readonly costMinor: number;
  readonly ids: readonly string[];
}

const UNPLANNED = new Set(['communication', 'travel', 'rework']);

/**
 * What an entry belongs to: travel and the talk of the same person on the same day are one trip, whatever else is
 * unplanned goes by its kind of work.
 */
const groupOf = (entry: TimeEntryRow, travelDays: ReadonlySet<string>): string => {
  const day = `${entry.specialistId}|${entry.workDate}`;
  const away = entry.activity === 'travel' || entry.activity === 'communication';
  if (away && travelDays.has(day)) return `trip|${day}`;
  return entry.goodwill ? 'goodwill' : entry.activity;
};

const timeGroups = (entries: readonly TimeEntryRow[], currency: string): UnplannedWork[] => {
  const unplanned = entries.filter(({ activity, goodwill }) => goodwill || UNPLANNED.has(activity));
  const travelDays = new Set(
    unplanned.filter(({ activity }) => activity === 'travel').map((entry) => `${entry.specialistId}|${entry.workDate}`),
  );
  const groups = Map.groupBy(unplanned, (entry) => groupOf(entry, travelDays));
  return [...groups].map(([group, members]) => {
    const exact = members.reduce((sum, { seconds, rateUnits }) => sum + exactCost(seconds, rateUnits ?? 0), 0n);
    const trip = group.startsWith('trip|');
    return {
      kind: 'time' as const,
      activity: trip ? ('travel' as const) : (members[0]?.activity ?? null),
      category: null,
      note: members.find(({ note }) => note !== null)?.note ?? null,
      trip,
      seconds: members.reduce((sum, { seconds }) => sum + seconds, 0),
      costMinor: moneyOf(exact, currency),
      ids: members.map(({ entryId }) => entryId).sort(),
    };
  });
};

/** The unplanned work of a stage as of its view's day, the dearest first. */
export const unplannedWork = async (
  reader: RowReader,
  { row, state }: StageView,
  rates: readonly ExchangeRate[],
): Promise<UnplannedWork[]> => {
  const all = await reader.where(timeEntryTable, 'byStage', [row.tenantId, row.stageId]);
  const entries = all.filter(({ workDate }) => workDate <= state.asOf);
  const expenses = convertedExpenses(row.ledger, state.asOf, rates);
  const spent = Map.groupBy(expenses, ({ category }) => category);
  const money = [...spent].map(([category, members]) => ({
    kind: 'expense' as const,
    activity: null,
    category,
    note: members.find(({ note }) => note !== null)?.note ?? null,
    trip: false,
    seconds: 0,
    costMinor: members.reduce((sum, { minor }) => sum + minor, 0),
    ids: members.map(({ id }) => id).sort(),
  }));
  return [...timeGroups(entries, state.currency), ...money].sort(
    (one, other) => other.costMinor - one.costMinor || other.seconds - one.seconds,
  );
};
