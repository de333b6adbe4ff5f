import type { BriefScope, StageProgress } from '@headroom/contracts/questions';
import { formatDecimal, millionths, RATIO_SCALE, ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { headroomMinor } from '../../formulas/stage-figures.ts';
import { standardOn } from '../../formulas/standard.ts';
import { type AlertRow, alertTable } from '../alerts/tables.ts';
import type { AgencyStages } from '../in-mind/agency-stages.ts';
import { stagesOnDays } from '../level-profitability.ts';
import type { Configured, StageView } from '../stage-view.ts';
import type { StageRow } from '../tables.ts';
import { SEES_ALL, stageVisibility, type Visibility } from '../visibility.ts';

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const teamOf = ({ state }: StageView): StageProgress['team'] => {
  const seconds = new Map<string, number>();
  for (const line of state.labour) seconds.set(line.specialistId, (seconds.get(line.specialistId) ?? 0) + line.seconds);
  return [...seconds]
    .map(([specialistId, worked]) => ({ specialistId, seconds: worked }))
    .sort((one, other) => other.seconds - one.seconds || (one.specialistId < other.specialistId ? -1 : 1));
};

const outlookOf = (margin: string | null, headroom: number | null): StageProgress['outlook'] => {
  if (margin === null) return null;
  if (millionths(margin) < 0n) return 'losing-money';
  if (headroom === null) return null;
  return headroom < 0 ? 'below-standard' : 'above-standard';
};

/** What a stage's view says by itself, whatever the standard of the day. */
interface Reached
  extends Pick<
    StageProgress,
    | 'status'
    | 'plannedSeconds'
    | 'seconds'
    | 'remainingSeconds'
    | 'currency'
    | 'contractRevenueMinor'
    | 'uncostedSeconds'
    | 'unapprovedSeconds'
    | 'team'
  > {
  readonly estimateAtCompletionMinor: number;
  /** For who may not see rates. */
  readonly visibility: Visibility;
}

const reachedOf = (view: StageView): Reached => {
  const { state, figures } = view;
  return {
    status: state.status,
    plannedSeconds: sum(state.plan.work, ({ seconds }) => seconds),
    seconds: figures.seconds,
    remainingSeconds: state.status === 'closed' ? 0 : sum(state.remaining.work, ({ seconds }) => seconds),
    currency: state.currency,
    contractRevenueMinor: figures.contractRevenueMinor,
    estimateAtCompletionMinor: figures.estimateAtCompletionMinor,
    uncostedSeconds: figures.uncostedSeconds,
    unapprovedSeconds: state.unapprovedSeconds,
    team: teamOf(view),
    visibility: stageVisibility(false, figures, state),
  };
};

const derivation = { kept: new WeakMap<StageRow, Map<string, Reached>>(), make: reachedOf };

interface Asked {
  readonly asOf: string;
  readonly seesRates: boolean;
}

const progressOf = (
  row: StageRow,
  { visibility, estimateAtCompletionMinor, ...reached }: Reached,
  agency: Configured,
  alerts: StageProgress['alerts'],
  { asOf, seesRates }: Asked,
): StageProgress => {
  const { contractRevenueMinor } = reached;
  const standard = standardOn(agency.standards, row.serviceType, asOf);
  const visible = (seesRates ? SEES_ALL : visibility).forecast;
  const margin = ratioOf(contractRevenueMinor - estimateAtCompletionMinor, contractRevenueMinor);
  const headroom = standard === null ? null : headroomMinor(contractRevenueMinor, estimateAtCompletionMinor, standard);
  const last = row.ledger.lifecycle.findLast(({ on }) => on <= asOf);
  return {
    ...reached,
    stageId: row.stageId,
    projectId: row.projectId,
    name: row.name,
    serviceType: row.serviceType,
    dueOn: row.endsOn,
    startedOn: row.startedOn !== null && row.startedOn <= asOf ? row.startedOn : null,
    closedOn: last?.to === 'closed' ? last.on : null,
    forecastMargin: visible ? margin : null,
    standardMargin: standard === null ? null : formatDecimal(millionths(standard), RATIO_SCALE),
    headroomMinor: visible ? headroom : null,
    outlook: outlookOf(margin, headroom),
    suppressed: !visible,
    alerts,
  };
};

const alertsOf = async (reader: RowReader, tenantId: string, stageIds: readonly string[]): Promise<AlertRow[]> => {
  const where = [
    { column: 'tenantId', equals: tenantId },
    { column: 'stageId', in: stageIds },
  ];
  return stageIds.length === 0 ? [] : reader.list(alertTable, { where, orderBy: [] });
};

/** How far each stage of a client or a project has got as of a day, by id. */
export const stageProgress = async (
  inMind: AgencyStages,
  reader: RowReader,
  agency: Configured,
  { tenantId, clientId, projectId }: BriefScope,
  asked: Asked,
): Promise<StageProgress[]> => {
  const scope = projectId === undefined ? { clientId } : { projectId };
  const { stages, rows } = await stagesOnDays(inMind, reader, scope, agency);
  const raised = await alertsOf(
    reader,
    tenantId,
    rows.map(({ stageId }) => stageId),
  );
  const ofStage = Map.groupBy(raised, ({ stageId }) => stageId);
  const crossed = ({ stageId }: StageRow) =>
    (ofStage.get(stageId) ?? [])
      .filter(({ raisedOn }) => raisedOn <= asked.asOf)
      .map(({ threshold, raisedOn, acknowledged }) => ({ threshold, raisedOn, acknowledged }))
      .sort((one, other) => (one.threshold < other.threshold ? -1 : 1));
  const progress = rows.map(async (row) =>
    progressOf(row, await stages.derived(row, asked.asOf, derivation), agency, crossed(row), asked),
  );
  return (await Promise.all(progress)).sort((one, other) => (one.stageId < other.stageId ? -1 : 1));
};
