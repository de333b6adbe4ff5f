import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import type { FactsFrom } from '../decisions/roi/facts.ts';
import {
  monthEnds,
  monthsOf,
  type ProjectFacts,
  type ProjectMonths,
  projectMonths,
} from '../decisions/roi/project-months.ts';
import { type ClientRow, metricTable, type ProjectRow, projectTable } from './tables.ts';

export interface CalculatedProject extends ProjectMonths {
  readonly projectId: string;
  readonly name: string;
  readonly uncostedSeconds: number;
}

const calculated = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  row: ProjectRow,
  facts: readonly FactsFrom[],
  asOf: string,
): Promise<CalculatedProject> => {
  const { tenantId, projectId, name, openedOn, baseline } = row;
  const metrics = await reader.where(metricTable, 'byProject', [tenantId, projectId]);
  const project: ProjectFacts = { projectId, name, openedOn, baseline, metrics };
  const ends = monthEnds(monthsOf(project, asOf), asOf);
  const figures = ends.length === 0 ? [] : await profitability.projectUpTo(reader, tenantId, projectId, ends);
  const revenue = figures.map(({ revenueMinor }) => revenueMinor);
  return {
    projectId,
    name,
    uncostedSeconds: figures.at(-1)?.uncostedSeconds ?? 0,
    ...projectMonths(project, facts, revenue, asOf),
  };
};

/** The projects of a client, month by month, in the order of their ids. */
export const calculatedProjects = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, clientId, facts }: ClientRow,
  asOf: string,
): Promise<CalculatedProject[]> => {
  const rows = await reader.where(projectTable, 'byClient', [tenantId, clientId]);
  return Promise.all(rows.map((row) => calculated(profitability, reader, row, facts, asOf)));
};
