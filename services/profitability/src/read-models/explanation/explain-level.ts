import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { RowReader } from '@headroom/projecting';
import { headroomMinor, marginOf, type StageFigures } from '../../formulas/stage-figures.ts';
import type { StageState } from '../../formulas/stage-state.ts';
import { standardOn } from '../../formulas/standard.ts';
import type { AgencyStages } from '../in-mind/agency-stages.ts';
import { type LevelScope, stagesOnDays } from '../level-profitability.ts';
import type { OpenPart } from '../part-of-log/open-part.ts';
import { type Configured, configured, dayOf, viewStage } from '../stage-view.ts';
import { projectTable, type StageRow, stageTable } from '../tables.ts';
import type { ExplainQuestion } from './explain-stage.ts';
import { type ShownFigures, shownFigures } from './shown-figures.ts';

const ADDED = {
  contractRevenue: 'contractRevenueMinor',
  revenue: 'revenueMinor',
  invoiced: 'invoicedMinor',
  paid: 'paidMinor',
  cost: 'costMinor',
  labourCost: 'labourCostMinor',
  expenses: 'expensesMinor',
  profit: 'profitMinor',
  estimateAtCompletion: 'estimateAtCompletionMinor',
  forecastProfit: 'forecastProfitMinor',
} as const satisfies Readonly<Record<string, keyof ShownFigures>>;

/** A stage with its figures on the day. */
interface Line {
  readonly row: StageRow;
  readonly figures: StageFigures;
  readonly status: StageState['status'];
}

const shownLine = ({ row, figures, status }: Line, agency: Configured, asOf: string) => {
  const standard = standardOn(agency.standards, row.serviceType, asOf);
  const { contractRevenueMinor, estimateAtCompletionMinor } = figures;
  const left = standard === null ? null : headroomMinor(contractRevenueMinor, estimateAtCompletionMinor, standard);
  return {
    stageId: row.stageId,
    projectId: row.projectId,
    name: row.name,
    status,
    figures: shownFigures({ figures, headroomMinor: left }),
  };
};

const explained = (found: readonly Line[], agency: Configured, asOf: string, knownAt: number) => {
  const lines = found.map((line) => shownLine(line, agency, asOf));
  const sums = Object.entries(ADDED).map(([of, figure]) => {
    const terms = lines.map(({ stageId, figures }) => ({ of: stageId, minor: figures[figure] }));
    return { of, terms, minor: terms.reduce((total, { minor }) => total + minor, 0) };
  });
  const total = (figure: keyof typeof ADDED) => sums.find(({ of }) => of === figure)?.minor ?? 0;
  return {
    stages: lines,
    sums,
    margin: marginOf(total('revenue'), total('cost')),
    forecastMargin: marginOf(total('contractRevenue'), total('estimateAtCompletion')),
    currency: agency.settings.currency,
    asOf,
    knownAt,
    formulaVersion: FORMULA_VERSION,
  };
};

/**
 * What the figures of a project or a client were made of: rounded stages, added. Undefined before the agency was
 * configured.
 */
export const explainLevel = async ({ log, stages }: OpenPart, question: ExplainQuestion) => {
  const { tenantId, position } = question;
  const reader = log.at(position);
  const agency = await configured(reader, tenantId);
  if (agency === undefined) return undefined;
  const asOf = dayOf(question.asOf, question.instant, agency);
  const rows = await Promise.all(stages.map(({ stageId }) => reader.get(stageTable, tenantId, stageId)));
  const lines = rows.map(async (row) => {
    if (row === undefined) return [];
    const { figures, state } = await viewStage(reader, row, agency, asOf);
    return [{ row, figures, status: state.status }];
  });
  return explained((await Promise.all(lines)).flat(), agency, asOf, position);
};

/** Whether there is anything to explain: the project, or a project of the client. */
const isThere = async (reader: RowReader, tenantId: string, scope: LevelScope): Promise<boolean> =>
  'projectId' in scope
    ? (await reader.get(projectTable, tenantId, scope.projectId)) !== undefined
    : (await reader.where(projectTable, 'byClient', [tenantId, scope.clientId])).length > 0;

/** What they are made of now, out of the live rows; undefined where there is no such thing. */
export const explainLevelNow = async (
  inMind: AgencyStages,
  reader: RowReader,
  scope: LevelScope,
  { tenantId, asOf: day, instant }: Omit<ExplainQuestion, 'position'>,
) => {
  const agency = await configured(reader, tenantId);
  if (agency === undefined || !(await isThere(reader, tenantId, scope))) return undefined;
  const asOf = dayOf(day, instant, agency);
  const { stages, rows } = await stagesOnDays(inMind, reader, scope, agency);
  await stages.prepare(rows, asOf);
  const lines = rows.map((row) => {
    const { figures, status } = stages.cell(row, asOf);
    return { row, figures, status };
  });
  return explained(lines, agency, asOf, reader.position);
};
