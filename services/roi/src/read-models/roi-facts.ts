import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import type { LoadedProject } from '../decisions/roi/client-figures.ts';
import { monthEnds, monthsOf, type ProjectFacts } from '../decisions/roi/project-months.ts';
import { type ClientRow, metricTable, type ProjectRow, projectTable } from './tables.ts';

const loaded = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  row: ProjectRow,
  asOf: string,
): Promise<LoadedProject> => {
  const { tenantId, projectId, name, openedOn, baseline, serviceType } = row;
  const metrics = await reader.where(metricTable, 'byProject', [tenantId, projectId]);
  const facts: ProjectFacts = { projectId, name, openedOn, baseline, metrics };
  const ends = monthEnds(monthsOf(facts, asOf), asOf);
  const figures = ends.length === 0 ? [] : await profitability.projectUpTo(reader, tenantId, projectId, ends);
  return {
    facts,
    serviceType,
    revenueUpTo: figures.map(({ revenueMinor }) => revenueMinor),
    uncostedSeconds: figures.at(-1)?.uncostedSeconds ?? 0,
  };
};

/** The projects of a client with all that their figures are made of, in the order of their ids. */
export const loadProjects = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, clientId }: ClientRow,
  asOf: string,
): Promise<LoadedProject[]> => {
  const rows = await reader.where(projectTable, 'byClient', [tenantId, clientId]);
  return Promise.all(rows.map((row) => loaded(profitability, reader, row, asOf)));
};
