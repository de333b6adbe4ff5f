import { addDays } from '@headroom/kernel';
import { RememberedBySnapshot, type RowReader } from '@headroom/projecting';
import { type AlertRow, alertTable } from '../alerts/tables.ts';
import { type Configured, type StageView, viewStage } from '../stage-view.ts';
import { stageTable } from '../tables.ts';
import { type ScopeRequestRow, scopeRequestTable } from './tables.ts';

/** A stage under way, with what the roles' views tell of it beside its figures. */
export interface OpenStage {
  readonly view: StageView;
  /** Not yet taken note of, the lowest threshold first. */
  readonly alerts: readonly AlertRow[];
  readonly requests: readonly ScopeRequestRow[];
}

interface Moment {
  readonly tenantId: string;
  readonly agency: Configured;
  readonly asOf: string;
}

const ALL = Number.MAX_SAFE_INTEGER;

/** Stages that may be under way on the day: those that are today, and those that were closed later. */
const candidates = async (reader: RowReader, { tenantId, asOf }: Moment) => {
  const tenant = { column: 'tenantId', equals: tenantId };
  const started = await reader.list(stageTable, {
    where: [tenant, { column: 'status', equals: 'started' }],
    orderBy: [],
    limit: ALL,
  });
  const closedLater = await reader.list(stageTable, {
    where: [tenant, { column: 'status', equals: 'closed' }, { column: 'closedOn', from: addDays(asOf, 1) }],
    orderBy: [],
    limit: ALL,
  });
  return [...started, ...closedLater];
};

const readOpenStages = async (reader: RowReader, moment: Moment): Promise<OpenStage[]> => {
  const { tenantId, agency, asOf } = moment;
  const rows = await candidates(reader, moment);
  const all = await Promise.all(rows.map((row) => viewStage(reader, row, agency, asOf)));
  const tenant = { column: 'tenantId', equals: tenantId };
  const alerts = await reader.list(alertTable, {
    where: [tenant, { column: 'acknowledged', equals: false }],
    orderBy: [{ column: 'threshold' }],
    limit: ALL,
  });
  const requests = await reader.list(scopeRequestTable, { where: [tenant], orderBy: [], limit: ALL });
  const alertsOf = Map.groupBy(alerts, ({ stageId }) => stageId);
  const requestsOf = Map.groupBy(requests, ({ stageId }) => stageId);
  return all
    .filter(({ state }) => state.status === 'started')
    .sort((one, other) => (one.row.stageId < other.row.stageId ? -1 : 1))
    .map((view) => ({
      view,
      alerts: alertsOf.get(view.row.stageId) ?? [],
      requests: requestsOf.get(view.row.stageId) ?? [],
    }));
};

/** The same moment is asked for page by page and by role after role. */
const remembered = new RememberedBySnapshot<readonly OpenStage[]>(4);

/** Every stage that is under way on the day, by id. Both roles' views are made of these, so no figure of theirs differs. */
export const openStages = (reader: RowReader, moment: Moment): Promise<readonly OpenStage[]> =>
  remembered.of(reader, `${moment.tenantId} ${moment.asOf}`, () => readOpenStages(reader, moment));
