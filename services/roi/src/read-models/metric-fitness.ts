import type { CountedFigure } from '@headroom/contracts/events';
import type { ResponseOf } from '@headroom/contracts/rest';
import type { listMetricDefinitions } from '@headroom/contracts/rest/roi';
import type { RowReader } from '@headroom/projecting';
import { type DefaultMetric, defaultMetrics, fitnessOf, verdictText } from '../decisions/fitness/fitness.ts';
import { type DefinitionRow, definitionTable } from './tables.ts';

export { fitnessOf };

type Judged = ResponseOf<typeof listMetricDefinitions>['items'][number];
type Language = 'en' | 'ru';

const defined = (row: DefinitionRow, language: Language): Judged => {
  const { metricId, name, controllableByUs, affectsBusiness, rationale } = row;
  const fitness = fitnessOf(row);
  const text = verdictText(language, name, fitness);
  const counts = row.counts as CountedFigure | null;
  return { metricId, name, counts, controllableByUs, affectsBusiness, rationale, fitness, text, definedBy: 'agency' };
};

const byDefault = (metric: DefaultMetric, language: Language): Judged => {
  const { metricId, controllableByUs, affectsBusiness } = metric;
  const name = metric.name[language];
  const fitness = fitnessOf(metric);
  const text = verdictText(language, name, fitness);
  return {
    metricId,
    name,
    counts: metricId,
    controllableByUs,
    affectsBusiness,
    rationale: null,
    fitness,
    text,
    definedBy: 'default',
  };
};

/** The verdict on one metric; undefined when nobody defined it. */
export const metricFitness = async (
  reader: RowReader,
  tenantId: string,
  metricId: string,
  language: Language,
): Promise<Judged | undefined> => {
  const row = await reader.get(definitionTable, tenantId, metricId);
  if (row !== undefined) return defined(row, language);
  const known = defaultMetrics.find((metric) => metric.metricId === metricId);
  return known === undefined ? undefined : byDefault(known, language);
};

const MOST_DEFINITIONS = 500;

/** Every metric with its verdict, by id. */
export const metricDefinitions = async (reader: RowReader, tenantId: string, language: Language): Promise<Judged[]> => {
  const where = [{ column: 'tenantId', equals: tenantId }];
  const rows = await reader.list(definitionTable, { where, orderBy: [], limit: MOST_DEFINITIONS });
  const own = new Set(rows.map(({ metricId }) => metricId));
  const others = defaultMetrics.filter(({ metricId }) => !own.has(metricId));
  return [...rows.map((row) => defined(row, language)), ...others.map((metric) => byDefault(metric, language))].sort(
    (one, other) => (one.metricId < other.metricId ? -1 : 1),
  );
};
