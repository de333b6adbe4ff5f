import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import type { LoadedProject } from '../decisions/roi/client-figures.ts';
import { monthEnds, monthsOf, type ProjectFacts } from '../decisions/roi/project-months.ts';
import { type ClientRow, type MetricRow, metricTable, type ProjectRow, projectTable } from './tables.ts';

const loaded = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  row: ProjectRow,
  metrics: readonly MetricRow[],
  asOf: string,
): Promise<LoadedProject> => {
  const { tenantId, projectId, name, openedOn, baseline, serviceType } = row;
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

/** Projects of an agency with all that their figures are made of, in the order given. */
export const loadAll = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  rows: readonly ProjectRow[],
  asOf: string,
): Promise<LoadedProject[]> => {
  const ids = rows.map(({ projectId }) => projectId);
  const where = [
    { column: 'tenantId', equals: tenantId },
    { column: 'projectId', in: ids },
  ];
  const metrics = ids.length === 0 ? [] : await reader.list(metricTable, { where, orderBy: [] });
  const ofProject = Map.groupBy(metrics, ({ projectId }) => projectId);
  return Promise.all(rows.map((row) => loaded(profitability, reader, row, ofProject.get(row.projectId) ?? [], asOf)));
};

/** The projects of a client with all that their figures are made of, in the order of their ids. */
export const loadProjects = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, clientId }: ClientRow,
  asOf: string,
): Promise<LoadedProject[]> => {
  const rows = await reader.where(projectTable, 'byClient', [tenantId, clientId]);
  return loadAll(profitability, reader, tenantId, rows, asOf);
};
