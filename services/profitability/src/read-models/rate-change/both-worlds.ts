import type { RowReader, SupposedReader } from '@headroom/projecting';
import { AgencyStages, type StageCell, type StagesOnDays } from '../in-mind/agency-stages.ts';
import type { Configured } from '../stage-view.ts';
import { configured } from '../stage-view.ts';
import { type ProjectRow, type StageRow, stageTable } from '../tables.ts';

/** One stage as it is and as it would be, on one day. */
export interface StagePair {
  readonly row: StageRow;
  readonly before: StageCell;
  readonly after: StageCell;
  /** Whether its money differs. */
  readonly moved: boolean;
}

/** The agency as it is and as it would be. */
export interface BothWorlds {
  readonly before: { readonly agency: Configured; readonly stages: StagesOnDays };
  readonly after: { readonly agency: Configured; readonly stages: StagesOnDays };
  readonly projects: ReadonlyMap<string, ProjectRow>;
  /** A stage as the supposed events leave it; the row itself when they do not touch it. */
  readonly supposed: (row: StageRow) => StageRow;
  /** Every stage, in the order of ids. */
  readonly pairs: readonly StagePair[];
}

const isMoved = ({ figures: one }: StageCell, { figures: other }: StageCell): boolean =>
  one.costMinor !== other.costMinor ||
  one.revenueMinor !== other.revenueMinor ||
  one.contractRevenueMinor !== other.contractRevenueMinor ||
  one.estimateAtCompletionMinor !== other.estimateAtCompletionMinor;

/** Reads both; only stages that the supposed events touch are worked out a second time. */
export const bothWorlds = async (
  inMind: AgencyStages,
  reader: RowReader,
  supposed: SupposedReader,
  { agency, asOf }: { readonly agency: Configured; readonly asOf: string },
): Promise<BothWorlds> => {
  const [stages, projects] = await Promise.all([inMind.of(reader, agency), inMind.projects(reader, agency.tenantId)]);
  const agencyAfter = (await configured(supposed, agency.tenantId)) as Configured;
  const touched = new Map(supposed.changed(stageTable).map((row) => [row.stageId, row]));
  const stagesAfter = await AgencyStages.only([...touched.values()], supposed, agencyAfter);
  await stages.prepare(stages.rows, asOf);
  await stagesAfter.prepare(stagesAfter.rows, asOf);
  const pairs = stages.rows.map((row) => {
    const other = touched.get(row.stageId);
    const before = stages.cell(row, asOf);
    const after = other === undefined ? before : stagesAfter.cell(other, asOf);
    return { row, before, after, moved: isMoved(before, after) };
  });
  return {
    before: { agency, stages },
    after: { agency: agencyAfter, stages: stagesAfter },
    projects,
    supposed: (row) => touched.get(row.stageId) ?? row,
    pairs,
  };
};
