import { exactCost, formatRate, moneyOf } from '@headroom/money';
import { afterRow, type Condition, type OrderValue, type RowReader } from '@headroom/projecting';
import type { Configured } from './stage-view.ts';
import { type Settings, type TimeEntryRow, timeEntryTable } from './tables.ts';

/** Whether the figures count an entry: where the agency asks for approvals, only once it is approved. */
export const counts = ({ approvalRequired }: Pick<Settings, 'approvalRequired'>, { status }: TimeEntryRow): boolean =>
  !approvalRequired || status === 'approved';

export interface ListTimeEntries {
  readonly stageId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly specialistId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly status?: string | undefined;
  readonly adjusts?: string | undefined;
  readonly importId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

const FILTERS = [
  'stageId',
  'projectId',
  'clientId',
  'specialistId',
  'requestId',
  'importId',
  'status',
  'adjusts',
] as const;
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

const sharesOfPage = async (reader: RowReader, tenantId: string, rows: readonly TimeEntryRow[], settings: Settings) => {
  const stages = new Set(rows.flatMap(({ stageId }) => stageId ?? []));
  const shares = await Promise.all(
    [...stages].map(async (stageId) =>
      costShares(
        (await reader.where(timeEntryTable, 'byStage', [tenantId, stageId])).filter((entry) => counts(settings, entry)),
        settings.currency,
      ),
    ),
  );
  return new Map(shares.flatMap((each) => [...each]));
};

/** A page of entries; rate and cost only for who may see rates. `next` is where the page after begins. */
export const listTimeEntries = async (
  reader: RowReader,
  tenantId: string,
  { settings }: Configured,
  question: ListTimeEntries,
  seesRates: boolean,
) => {
  const { currency } = settings;
  const found = await reader.list(timeEntryTable, {
    where: conditions(tenantId, question),
    orderBy: ORDER,
    ...(question.after === undefined ? {} : { after: question.after }),
    limit: question.limit + 1,
  });
  const rows = found.slice(0, question.limit);
  const shares = seesRates ? await sharesOfPage(reader, tenantId, rows, settings) : new Map<string, number>();
  const costOf = (row: TimeEntryRow): number | null => {
    if (!seesRates || row.rateUnits === null || !counts(settings, row)) return null;
    return row.stageId === null
      ? moneyOf(exactCost(row.seconds, row.rateUnits), currency)
      : (shares.get(row.entryId) ?? null);
  };
  const items = rows.map((row) => {
    const { tenantId: _, rateUnits, rateId, workDate, workedOn, ...entry } = row;
    const minor = costOf(row);
    return {
      ...entry,
      workDate: workedOn,
      postedOn: workDate === workedOn ? null : workDate,
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
