import type { ClosedStage } from '@headroom/contracts/events';
import { addDays, addMonths, firstDayOf, monthOf } from '@headroom/kernel';
import type { RowReader, Table } from '@headroom/projecting';
import { managerOn } from '../../formulas/managers.ts';
import { countedLabour, entriesNeeded, labourAt } from '../../formulas/stage-ledger.ts';
import { leftOutOf, qualityOf } from '../quality.ts';
import { type Configured, type StageView, viewStage } from '../stage-view.ts';
import { type ProjectRow, projectTable, type StageRow, stageTable, timeEntryTable } from '../tables.ts';
import { stageClosingTable } from './tables.ts';

const rowsIn = <Row extends object>(
  reader: RowReader,
  table: Table<Row>,
  tenantId: string,
  { column, ids }: { readonly column: string; readonly ids: readonly string[] },
): Promise<Row[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : reader.list(table, {
        where: [
          { column: 'tenantId', equals: tenantId },
          { column, in: ids },
        ],
        orderBy: [],
        limit: ids.length,
      });

/** The day on which a stage was closed for good as of a day; undefined when it stands open then. */
const closedOn = ({ ledger }: StageRow, asOf: string): string | undefined => {
  const last = ledger.lifecycle.findLast(({ on }) => on <= asOf);
  return last?.to === 'closed' ? last.on : undefined;
};

/** Seconds of a stage up to and with a day; reads the entries of that day's month where the buckets cannot tell. */
const secondsUpTo = async (
  reader: RowReader,
  { row, state: { approvalRequired } }: StageView,
  day: string,
): Promise<number> => {
  const range = entriesNeeded(row.ledger, day);
  const entries =
    range === undefined ? [] : await reader.where(timeEntryTable, 'byStage', [row.tenantId, row.stageId], range);
  const labour = countedLabour(labourAt(row.ledger, day, entries), approvalRequired);
  return labour.reduce((sum, { seconds }) => sum + seconds, 0);
};

/**
 * The seconds worked under each manager of the project, in the order in which they took over: by the work date, so
 * hours that came late count for whoever managed when they were worked. A stage without hours is that of who closed it.
 */
const secondsByManager = async (
  reader: RowReader,
  view: StageView,
  { managers }: ProjectRow,
  closed: string,
): Promise<ClosedStage['managers']> => {
  const { row, state, figures } = view;
  const atTheEnd = managerOn(managers, closed);
  const handovers = managers.slice(1).filter(({ from }) => from <= row.ledger.lastWorkDate && from <= state.asOf);
  if (figures.seconds === 0 || handovers.length === 0) {
    const managerId = figures.seconds === 0 ? atTheEnd : (managers[0]?.managerId ?? atTheEnd);
    return [{ managerId, seconds: figures.seconds }];
  }
  const before = await Promise.all(handovers.map(({ from }) => secondsUpTo(reader, view, addDays(from, -1))));
  const marks = [...before, figures.seconds];
  const under = new Map<string, number>();
  for (const [index, mark] of marks.entries()) {
    const managerId = managers[index]?.managerId ?? atTheEnd;
    const seconds = mark - (index === 0 ? 0 : (marks[index - 1] ?? 0));
    if (seconds > 0) under.set(managerId, (under.get(managerId) ?? 0) + seconds);
  }
  return [...under].map(([managerId, seconds]) => ({ managerId, seconds }));
};

const closedStage = async (
  reader: RowReader,
  view: StageView,
  project: ProjectRow,
  closed: string,
): Promise<ClosedStage> => {
  const { row, state, figures } = view;
  const { uncostedSeconds, unapprovedSeconds, unpricedSeconds, unconvertedAmounts } = qualityOf([leftOutOf(view)], 0);
  return {
    stageId: row.stageId,
    projectId: row.projectId,
    clientId: row.clientId,
    name: row.name,
    serviceType: row.serviceType,
    closedOn: closed,
    managers: await secondsByManager(reader, view, project, closed),
    revenueMinor: figures.revenueMinor,
    costMinor: figures.costMinor,
    baselineRevenueMinor: figures.planRevenueMinor,
    baselineCostMinor: figures.planCostMinor,
    seconds: figures.seconds,
    uncostedSeconds,
    unapprovedSeconds,
    unpricedSeconds,
    unconvertedAmounts,
    costedPeople: [...figures.costedPeople].sort(),
    plannedRoles: state.plan.work.length,
  };
};

/** A stage as a review of the month looks at it; undefined where as of the day it does not stand closed in the month. */
export const closedStageOf = async (
  reader: RowReader,
  agency: Configured,
  stageId: string,
  { month, asOf }: { readonly month: string; readonly asOf: string },
): Promise<ClosedStage | undefined> => {
  const row = await reader.get(stageTable, agency.tenantId, stageId);
  const closed = row && closedOn(row, asOf);
  if (row === undefined || closed === undefined || monthOf(closed) !== month) return undefined;
  const project = await reader.get(projectTable, agency.tenantId, row.projectId);
  if (project === undefined) throw new Error(`a stage of the unknown project ${row.projectId}`);
  return closedStage(reader, await viewStage(reader, row, agency, asOf), project, closed);
};

/** The stages that were ever closed with a date of the month, whatever became of them. */
const everClosedIn = async (reader: RowReader, tenantId: string, month: string): Promise<string[]> => {
  const range = { from: firstDayOf(month), to: firstDayOf(addMonths(month, 1)) };
  const closings = await reader.where(stageClosingTable, 'byDate', [tenantId], range);
  return [...new Set(closings.map(({ stageId }) => stageId))].sort();
};

/**
 * The stages that as of a day stand closed with a date of the month, by id, with all that is dated until that day:
 * what a review of the month looks at.
 */
export const closedStages = async (
  reader: RowReader,
  agency: Configured,
  month: string,
  asOf: string,
): Promise<ClosedStage[]> => {
  const { tenantId } = agency;
  const ids = await everClosedIn(reader, tenantId, month);
  const candidates = await rowsIn(reader, stageTable, tenantId, { column: 'stageId', ids });
  const rows = candidates.filter((row) => monthOf(closedOn(row, asOf) ?? '') === month);
  const projectIds = [...new Set(rows.map(({ projectId }) => projectId))];
  const projects = await rowsIn(reader, projectTable, tenantId, { column: 'projectId', ids: projectIds });
  const projectOf = new Map(projects.map((project) => [project.projectId, project]));
  return Promise.all(
    rows.map(async (row) => {
      const view = await viewStage(reader, row, agency, asOf);
      return closedStage(reader, view, projectOf.get(row.projectId) as ProjectRow, closedOn(row, asOf) as string);
    }),
  );
};
