import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { RowReader } from '@headroom/projecting';
import { headroomMinor, marginOf } from '../../formulas/stage-figures.ts';
import type { OpenPart } from '../part-of-log/open-part.ts';
import { type Configured, configured, dayOf, viewStage } from '../stage-view.ts';
import { type StageRow, stageTable } from '../tables.ts';
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

const lineOf = async (reader: RowReader, row: StageRow, agency: Configured, asOf: string) => {
  const { figures, standard, state } = await viewStage(reader, row, agency, asOf);
  const { contractRevenueMinor, estimateAtCompletionMinor } = figures;
  const left = standard === null ? null : headroomMinor(contractRevenueMinor, estimateAtCompletionMinor, standard);
  return {
    stageId: row.stageId,
    projectId: row.projectId,
    name: row.name,
    status: state.status,
    figures: shownFigures({ figures, headroomMinor: left }),
  };
};

/** What the figures of a project or a client are made of: rounded stages, added. Undefined before the agency was configured. */
export const explainLevel = async ({ log, stages }: OpenPart, question: ExplainQuestion) => {
  const { tenantId, position } = question;
  const reader = log.at(position);
  const agency = await configured(reader, tenantId);
  if (agency === undefined) return undefined;
  const asOf = dayOf(question.asOf, question.instant, agency);
  const rows = await Promise.all(stages.map(({ stageId }) => reader.get(stageTable, tenantId, stageId)));
  const known = rows.filter((row) => row !== undefined);
  const lines = await Promise.all(known.map((row) => lineOf(reader, row, agency, asOf)));
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
    knownAt: position,
    formulaVersion: FORMULA_VERSION,
  };
};
