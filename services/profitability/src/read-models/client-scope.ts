import type { ClientHours, ClientScope, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { afterRow, type Condition, type OrderColumn, type RowReader, type Table } from '@headroom/projecting';
import { counts } from './cost-shares.ts';
import { configured } from './stage-view.ts';
import { projectTable, type TimeEntryRow, timeEntryTable } from './tables.ts';

type Questions = Pick<ProfitabilityQuestions<RowReader>, 'projectsOfClient' | 'hoursOfClient' | 'countedEntries'>;
type Slice = Parameters<Questions['projectsOfClient']>[2];

const sliceOf = async <Row extends object>(
  reader: RowReader,
  table: Table<Row>,
  where: readonly Condition[],
  orderBy: readonly OrderColumn[],
  { limit, after }: Slice,
) => {
  const found = await reader.list(table, {
    where,
    orderBy,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? afterRow(table, orderBy, last) : null };
};

const within = ({ tenantId, clientId, projectId }: ClientScope): Condition[] => [
  { column: 'tenantId', equals: tenantId },
  { column: 'clientId', equals: clientId },
  ...(projectId === undefined ? [] : [{ column: 'projectId', equals: projectId }]),
];

const toldHours = (row: TimeEntryRow): ClientHours => {
  const { entryId, projectId, stageId, requestId, role, workDate, seconds, activity, goodwill } = row;
  return { entryId, projectId, stageId, requestId, role, workDate, seconds, activity, goodwill };
};

/** What a client may be told of its projects and hours. */
export const clientScope: Questions = {
  projectsOfClient: async (reader, scope, slice) => {
    const { rows, next } = await sliceOf(reader, projectTable, within(scope), [{ column: 'projectId' }], slice);
    return { items: rows.map(({ projectId, name, openedOn }) => ({ projectId, name, openedOn })), next };
  },

  hoursOfClient: async (reader, { requestId, from, to, ...scope }, slice) => {
    const agency = await configured(reader, scope.tenantId);
    if (agency === undefined) return { items: [], next: null };
    const { approvalRequired } = agency.settings;
    const where: Condition[] = [
      ...within(scope),
      ...(requestId === undefined ? [] : [{ column: 'requestId', equals: requestId }]),
      ...(approvalRequired ? [{ column: 'status', equals: 'approved' }] : []),
      ...(from === undefined ? [] : [{ column: 'workDate', from }]),
      ...(to === undefined ? [] : [{ column: 'workDate', to }]),
    ];
    const { rows, next } = await sliceOf(reader, timeEntryTable, where, [{ column: 'workDate' }], slice);
    return { items: rows.map(toldHours), next };
  },

  countedEntries: async (reader, tenantId, entryIds) => {
    const agency = await configured(reader, tenantId);
    if (agency === undefined) return new Set();
    const rows = await Promise.all(
      [...new Set(entryIds)].map((entryId) => reader.get(timeEntryTable, tenantId, entryId)),
    );
    const told = rows.filter((row) => row !== undefined && counts(agency.settings, row));
    return new Set(told.flatMap((row) => row?.entryId ?? []));
  },
};
