import type { BriefScope, StageProgress } from '@headroom/contracts/questions';
import { formatDecimal, millionths, RATIO_SCALE, ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { headroomMinor } from '../../formulas/stage-figures.ts';
import { alertTable } from '../alerts/tables.ts';
import { type Configured, type StageView, stagesOf, viewStage } from '../stage-view.ts';
import { stageVisibility } from '../visibility.ts';

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

const progressOf = (view: StageView, alerts: StageProgress['alerts'], seesRates: boolean): StageProgress => {
  const { row, state, figures, standard } = view;
  const { contractRevenueMinor, estimateAtCompletionMinor } = figures;
  const visible = stageVisibility(seesRates, figures, state).forecast;
  const margin = ratioOf(contractRevenueMinor - estimateAtCompletionMinor, contractRevenueMinor);
  const headroom = standard === null ? null : headroomMinor(contractRevenueMinor, estimateAtCompletionMinor, standard);
  const last = row.ledger.lifecycle.findLast(({ on }) => on <= state.asOf);
  return {
    stageId: row.stageId,
    projectId: row.projectId,
    name: row.name,
    serviceType: row.serviceType,
    status: state.status,
    dueOn: row.endsOn,
    startedOn: row.startedOn !== null && row.startedOn <= state.asOf ? row.startedOn : null,
    closedOn: last?.to === 'closed' ? last.on : null,
    plannedSeconds: sum(state.plan.work, ({ seconds }) => seconds),
    seconds: figures.seconds,
    remainingSeconds: state.status === 'closed' ? 0 : sum(state.remaining.work, ({ seconds }) => seconds),
    currency: state.currency,
    contractRevenueMinor,
    forecastMargin: visible ? margin : null,
    standardMargin: standard === null ? null : formatDecimal(millionths(standard), RATIO_SCALE),
    headroomMinor: visible ? headroom : null,
    outlook: outlookOf(margin, headroom),
    suppressed: !visible,
    uncostedSeconds: figures.uncostedSeconds,
    unapprovedSeconds: state.unapprovedSeconds,
    alerts,
    team: teamOf(view),
  };
};

/** How far each stage of a client or a project has got as of a day, by id. */
export const stageProgress = async (
  reader: RowReader,
  agency: Configured,
  { tenantId, clientId, projectId }: BriefScope,
  { asOf, seesRates }: { readonly asOf: string; readonly seesRates: boolean },
): Promise<StageProgress[]> => {
  const rows = await stagesOf(reader, tenantId, projectId === undefined ? { clientId } : { projectId });
  const views = await Promise.all(rows.map((row) => viewStage(reader, row, agency, asOf)));
  const alerts = await Promise.all(rows.map(({ stageId }) => reader.where(alertTable, 'byStage', [tenantId, stageId])));
  const crossed = (index: number) =>
    (alerts[index] ?? [])
      .filter(({ raisedOn }) => raisedOn <= asOf)
      .map(({ threshold, raisedOn, acknowledged }) => ({ threshold, raisedOn, acknowledged }))
      .sort((one, other) => (one.threshold < other.threshold ? -1 : 1));
  return views
    .map((view, index) => progressOf(view, crossed(index), seesRates))
    .sort((one, other) => (one.stageId < other.stageId ? -1 : 1));
};
