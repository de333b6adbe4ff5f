import { exactCost, moneyOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import type { ExpenseCategory } from '../../formulas/stage-ledger.ts';
import type { ExchangeRate } from '../../formulas/stage-state.ts';
import { counts } from '../cost-shares.ts';
import { convertedExpenses } from '../expenses.ts';
import { netEntries } from '../net-entries.ts';
import type { Configured, StageView } from '../stage-view.ts';
import { type TimeEntryRow, timeEntryTable } from '../tables.ts';
import { beyondPlan } from './beyond-plan.ts';

/** Work that the plan did not hold, with what it cost: a trip, rework, talk, a favour, hours too many, money spent. */
export interface UnplannedWork {
  readonly kind: 'time' | 'overrun' | 'expense';
  readonly activity: TimeEntryRow['activity'] | null;
  /** Of an overrun. */
  readonly role: string | null;
  readonly category: ExpenseCategory | null;
  readonly note: string | null;
  readonly trip: boolean;
  readonly goodwill: boolean;
  readonly seconds: number;
  readonly uncostedSeconds: number;
  readonly costMinor: number;
  readonly from: string;
  readonly to: string;
  readonly ids: readonly string[];
}

const UNPLANNED = new Set(['communication', 'travel', 'rework']);
const isUnplanned = ({ activity, goodwill }: TimeEntryRow): boolean => goodwill || UNPLANNED.has(activity);

/**
 * What an entry belongs to: travel and the talk of the same person on the same day are one trip, whatever else is
 * unplanned goes by its kind of work.
 */
const groupOf = (entry: TimeEntryRow, travelDays: ReadonlySet<string>): string => {
  const day = `${entry.specialistId}|${entry.workedOn}`;
  const away = entry.activity === 'travel' || entry.activity === 'communication';
  if (away && travelDays.has(day)) return `trip|${day}`;
  return entry.goodwill ? 'goodwill' : entry.activity;
};

/** An entry, or as much of it as the plan did not hold. */
interface Part {
  readonly entry: TimeEntryRow;
  readonly seconds: number;
}

const summed = (parts: readonly Part[], currency: string) => {
  const exact = parts.reduce((sum, { entry, seconds }) => sum + exactCost(seconds, entry.rateUnits ?? 0), 0n);
  const dates = parts.map(({ entry }) => entry.workedOn).sort();
  return {
    category: null,
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
    uncostedSeconds: parts.reduce((sum, { entry, seconds }) => sum + (entry.rateUnits === null ? seconds : 0), 0),
    costMinor: moneyOf(exact, currency),
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    ids: parts.map(({ entry }) => entry.entryId).sort(),
  };
};

const unplannedTime = (entries: readonly TimeEntryRow[], currency: string): UnplannedWork[] => {
  const unplanned = entries.filter(isUnplanned);
  const travelDays = new Set(
    unplanned.filter(({ activity }) => activity === 'travel').map((entry) => `${entry.specialistId}|${entry.workedOn}`),
  );
  const groups = Map.groupBy(unplanned, (entry) => groupOf(entry, travelDays));
  return [...groups].map(([group, members]) => {
    const trip = group.startsWith('trip|');
    return {
      kind: 'time' as const,
      activity: trip ? ('travel' as const) : (members[0]?.activity ?? null),
      role: null,
      note: members.find(({ note }) => note !== null)?.note ?? null,
      trip,
      goodwill: group === 'goodwill',
      ...summed(
        members.map((entry) => ({ entry, seconds: entry.seconds })),
        currency,
      ),
    };
  });
};

/** Production and management of a role beyond its planned hours; where nothing was planned, nothing is beyond it. */
const overruns = (entries: readonly TimeEntryRow[], { state }: StageView): UnplannedWork[] => {
  if (state.plan.work.length === 0) return [];
  const planned = new Map(state.plan.work.map(({ role, seconds }) => [role, seconds]));
  const byRole = Map.groupBy(
    entries.filter((entry) => !isUnplanned(entry)),
    ({ role }) => role,
  );
  return [...byRole].flatMap(([role, members]) => {
    const dated = members.map((entry) => ({ id: entry.entryId, on: entry.workedOn, amount: entry.seconds, entry }));
    const parts = beyondPlan(dated, planned.get(role) ?? 0).map(({ item, amount }) => ({
      entry: item.entry,
      seconds: amount,
    }));
    if (parts.length === 0) return [];
    const common = { kind: 'overrun' as const, activity: null, role, note: null, trip: false, goodwill: false };
    return [{ ...common, ...summed(parts, state.currency) }];
  });
};

/** Expenses beyond the planned total, by category. */
const unplannedExpenses = ({ row, state }: StageView, rates: readonly ExchangeRate[]): UnplannedWork[] => {
  const dated = convertedExpenses(row.ledger, state.asOf, rates).map((expense) => ({
    ...expense,
    amount: expense.minor,
  }));
  const beyond = beyondPlan(dated, state.plan.expensesMinor);
  return [...Map.groupBy(beyond, ({ item }) => item.category)].map(([category, members]) => {
    const dates = members.map(({ item }) => item.on).sort();
    return {
      kind: 'expense' as const,
      activity: null,
      role: null,
      category,
      note: members.find(({ item }) => item.note !== null)?.item.note ?? null,
      trip: false,
      goodwill: false,
      seconds: 0,
      uncostedSeconds: 0,
      costMinor: members.reduce((sum, { amount }) => sum + amount, 0),
      from: dates[0] ?? '',
      to: dates.at(-1) ?? '',
      ids: members.map(({ item }) => item.id).sort(),
    };
  });
};

/** The unplanned work of a stage as of its view's day, the dearest first. */
export const unplannedWork = async (
  reader: RowReader,
  view: StageView,
  { exchangeRates, settings }: Pick<Configured, 'exchangeRates' | 'settings'>,
): Promise<UnplannedWork[]> => {
  const { row, state } = view;
  const all = await reader.where(timeEntryTable, 'byStage', [row.tenantId, row.stageId]);
  const entries = netEntries(all.filter((entry) => entry.workDate <= state.asOf && counts(settings, entry)));
  return [
    ...unplannedTime(entries, state.currency),
    ...overruns(entries, view),
    ...unplannedExpenses(view, exchangeRates),
  ].sort((one, other) => other.costMinor - one.costMinor || other.seconds - one.seconds);
};
