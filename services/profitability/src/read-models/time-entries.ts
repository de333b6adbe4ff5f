import { exactCost, formatRate, moneyOf } from '@headroom/money';
import { afterRow, type Condition, type OrderValue, type RowReader } from '@headroom/projecting';
import { costShares, counts, ENTRY_ORDER } from './cost-shares.ts';
import type { AgencyStages } from './in-mind/agency-stages.ts';
import type { Configured } from './stage-view.ts';
import { type TimeEntryRow, timeEntryTable } from './tables.ts';

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

/** A page of entries; rate and cost only for who may see rates. `next` is where the page after begins. */
export const listTimeEntries = async (
  inMind: AgencyStages,
  reader: RowReader,
  agency: Configured,
  question: ListTimeEntries,
  seesRates: boolean,
) => {
  const { tenantId, settings } = agency;
  const { currency } = settings;
  const found = await reader.list(timeEntryTable, {
    where: conditions(tenantId, question),
    orderBy: ENTRY_ORDER,
    ...(question.after === undefined ? {} : { after: question.after }),
    limit: question.limit + 1,
  });
  const rows = found.slice(0, question.limit);
  const shares = seesRates ? await costShares(inMind, reader, agency, rows) : new Map<string, number>();
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
  const next = found.length > question.limit && last !== undefined ? afterRow(timeEntryTable, ENTRY_ORDER, last) : null;
  return { items, next };
};
