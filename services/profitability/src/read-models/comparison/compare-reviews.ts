import type { RowReader } from '@headroom/projecting';
import {
  type JudgedStage,
  type ManagerFigure,
  managerValue,
  type ReviewFigure,
  reviewValue,
  unitOfManager,
  unitOfReview,
} from '../../formulas/comparison/review-value.ts';
import { Telescope } from '../../formulas/comparison/telescope.ts';
import { profitOf } from '../../formulas/reviews/closed-stage.ts';
import type { OpenPart } from '../part-of-log/open-part.ts';
import { closedStageOf, closedStages } from '../reviews/closed-stages.ts';
import { type Configured, configured } from '../stage-view.ts';
import { alongStages } from './along-stages.ts';
import type { Standings } from './examined.ts';
import type { Unit } from './shown-comparison.ts';

/** A figure of a month's stages, and in what it is measured. */
export interface MonthFigure {
  readonly name: string;
  readonly unit: Unit;
  readonly measure: (judged: Iterable<JudgedStage>) => number | null;
}

/** A figure of a month's review. */
export const figureOfReview = (figure: ReviewFigure): MonthFigure => ({
  name: figure,
  unit: unitOfReview(figure),
  measure: reviewValue(figure),
});

/** A figure of a manager's month. */
export const figureOfManager = (figure: ManagerFigure, managerId: string): MonthFigure => ({
  name: figure,
  unit: unitOfManager(figure),
  measure: managerValue(figure, managerId),
});

/** By what it is told which stages moved most. */
export const profitOfJudged = ({ stage }: JudgedStage): number => profitOf(stage);

/** The stages of which a month's figure is made. */
export interface MonthScope {
  readonly tenantId: string;
  readonly month: string;
  readonly asOf: string;
  readonly serviceType?: string | undefined;
  readonly stageId?: string | undefined;
}

/** The stages of a month's review as a reader knows them; nothing before the agency was configured. */
export const judgedStages = async (
  reader: RowReader,
  { tenantId, month, asOf, serviceType, stageId }: MonthScope,
): Promise<Map<string, JudgedStage>> => {
  const agency = await configured(reader, tenantId);
  const stages = agency === undefined ? [] : await closedStages(reader, agency, month, asOf);
  const tolerance = agency?.settings.kpiTolerance ?? '0';
  return new Map(
    stages
      .filter((stage) => serviceType === undefined || stage.serviceType === serviceType)
      .filter((stage) => stageId === undefined || stage.stageId === stageId)
      .map((stage) => [stage.stageId, { stage, tolerance }]),
  );
};

const judgedStage = async (
  reader: RowReader,
  agency: Configured | undefined,
  stageId: string,
  { month, asOf }: MonthScope,
): Promise<JudgedStage | undefined> => {
  const stage = agency && (await closedStageOf(reader, agency, stageId, { month, asOf }));
  return stage && { stage, tolerance: agency.settings.kpiTolerance };
};

/** How a figure of a month's review came from one known moment to a later one. */
export const changesOfMonth = async (
  part: OpenPart | undefined,
  { before, after }: Standings<JudgedStage>,
  {
    measure,
    scope,
    span,
    others,
  }: {
    readonly measure: (judged: Iterable<JudgedStage>) => number | null;
    readonly scope: MonthScope;
    readonly span: { readonly from: number; readonly to: number };
    readonly others: readonly string[];
  },
): Promise<Telescope<JudgedStage>> => {
  const telescope = new Telescope(before, measure);
  if (part !== undefined) {
    await alongStages(part, telescope, {
      ...span,
      stageIds: part.stages.map(({ stageId }) => stageId),
      singly: scope.stageId !== undefined,
      brought: async (reader, stageId) => judgedStage(reader, await configured(reader, scope.tenantId), stageId, scope),
    });
  }
  for (const stageId of others)
    telescope.put(stageId, after.get(stageId), { cause: 'not-examined', on: null, positions: [] });
  return telescope;
};
