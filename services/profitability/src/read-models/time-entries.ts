import { exactCost, formatRate, moneyOf } from '@headroom/money';
import { afterRow, type Condition, type OrderValue, type RowReader } from '@headroom/projecting';
import type { Configured } from './stage-view.ts';
import { type TimeEntryRow, timeEntryTable } from './tables.ts';

export interface ListTimeEntries {
  readonly stageId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly specialistId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

const FILTERS = ['stageId', 'projectId', 'clientId', 'specialistId', 'requestId'] as const;
const ORDER = [{ column: 'workDate' }, { column: 'entryId' }];

const conditions = (tenantId: string, question: ListTimeEntries): Condition[] => [
  { column: 'tenantId', equals: tenantId },
  ...FILTERS.flatMap((column) => {
    const equals = question[column];
    return equals === undefined ? [] : [{ column, equals }];
  }),
  ...(question.from === undefined && question.to === undefined
    ? []
    : [
        {
          column: 'workDate',
          ...(question.from === undefined ? {} : { from: question.from }),
          ...(question.to === undefined ? {} : { to: question.to }),
        },
      ]),
];

const byDateAndId = (one: TimeEntryRow, other: TimeEntryRow): number => {
  if (one.workDate !== other.workDate) return one.workDate < other.workDate ? -1 : 1;
  return one.entryId < other.entryId ? -1 : 1;
};

/** Each entry's share of its stage's labour cost by running total, in the order of dates and ids. */
export const costShares = (entriesOfStage: readonly TimeEntryRow[], currency: string): Map<string, number> => {
  const shares = new Map<string, number>();
  let cumulated = 0n;
  let before = 0;
  for (const entry of [...entriesOfStage].sort(byDateAndId)) {
    cumulated += exactCost(entry.seconds, entry.rateUnits ?? 0);
    const now = moneyOf(cumulated, currency);
    shares.set(entry.entryId, now - before);
    before = now;
  }
  return shares;
};

const sharesOfPage = async (reader: RowReader, tenantId: string, rows: readonly TimeEntryRow[], currency: string) => {
  const stages = new Set(rows.flatMap(({ stageId }) => stageId ?? []));
  const shares = await Promise.all(
    [...stages].map(async (stageId) =>
      costShares(await reader.where(timeEntryTable, 'byStage', [tenantId, stageId]), currency),
    ),
  );
  return new Map(shares.flatMap((each) => [...each]));
};

/** A page of entries; rate and cost only for who may see rates. `next` is where the page after begins. */
export const listTimeEntries = async (
  reader: RowReader,
  tenantId: string,
  { settings: { currency } }: Configured,
  question: ListTimeEntries,
  seesRates: boolean,
) => {
  const found = await reader.list(timeEntryTable, {
    where: conditions(tenantId, question),
    orderBy: ORDER,
    ...(question.after === undefined ? {} : { after: question.after }),
    limit: question.limit + 1,
  });
  const rows = found.slice(0, question.limit);
  const shares = seesRates ? await sharesOfPage(reader, tenantId, rows, currency) : new Map<string, number>();
  const costOf = (row: TimeEntryRow): number | null => {
    if (!seesRates || row.rateUnits === null) return null;
    return row.stageId === null
      ? moneyOf(exactCost(row.seconds, row.rateUnits), currency)
      : (shares.get(row.entryId) ?? null);
  };
  const items = rows.map((row) => {
    const { tenantId: _, rateUnits, rateId, ...entry } = row;
    const minor = costOf(row);
    return {
      ...entry,
      rateId: seesRates ? rateId : null,
      ratePerHour: seesRates && rateUnits !== null ? formatRate(rateUnits) : null,
      cost: minor === null ? null : { minor, currency },
      costed: rateUnits !== null,
    };
  });
  const last = rows.at(-1);
  const next = found.length > question.limit && last !== undefined ? afterRow(timeEntryTable, ORDER, last) : null;
  return { items, next };
};
