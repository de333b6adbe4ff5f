import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import type { OrderValue, RowReader } from '@headroom/projecting';
import { benchmarksOf } from '../read-models/benchmarks.ts';
import { metricDefinitions, metricFitness } from '../read-models/metric-fitness.ts';
import { historyOfMonth, metricsCsv, monthsOfProject } from '../read-models/metrics.ts';
import { serviceMetrics } from '../read-models/service-metrics.ts';

const own = [projectionNames.roi];
const both = [projectionNames.roi, projectionNames.profitability];
const noProject = { kind: 'not-found', what: 'project' } as const;

/** The order columns of the lists here are texts. */
const nextCursor = (
  operation: Parameters<typeof encodeCursor>[0],
  scope: Parameters<typeof encodeCursor>[1],
  next: readonly OrderValue[] | null,
): string | null => (next === null ? null : encodeCursor(operation, scope, next.map(String)));

type Profitability = ProfitabilityQuestions<RowReader>;

const currencyOf = async (profitability: Profitability, reader: RowReader, tenantId: string): Promise<string> =>
  (await profitability.agency(reader, tenantId))?.currency ?? '';

const list = (profitability: Profitability): Bound =>
  bindQuestion(contract.listMetrics, {
    projections: both,
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.listMetrics, { params, query });
      const currency = await currencyOf(profitability, reader, tenantId);
      const found = await monthsOfProject(reader, tenantId, params.projectId, currency, { ...query, after });
      if (found === undefined) return noProject;
      const cursor = nextCursor(contract.listMetrics, { params, query }, found.next);
      const body = { ...params, items: found.items, nextCursor: cursor, knownAt: reader.position };
      return { kind: 'answer', body };
    },
  });

const history = (profitability: Profitability): Bound =>
  bindQuestion(contract.getMetricHistory, {
    projections: both,
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.getMetricHistory, { params, query });
      const currency = await currencyOf(profitability, reader, tenantId);
      const page = { limit: query.limit, after };
      const found = await historyOfMonth(reader, tenantId, params, currency, page);
      if (found === undefined) return noProject;
      const cursor = nextCursor(contract.getMetricHistory, { params, query }, found.next);
      const body = { ...params, items: found.items, nextCursor: cursor, knownAt: reader.position };
      return { kind: 'answer', body };
    },
  });

const file = (profitability: Profitability): Bound =>
  bindQuestion(contract.exportMetrics, {
    projections: both,
    answer: async ({ caller: { tenantId }, params }, reader) => {
      const currency = await currencyOf(profitability, reader, tenantId);
      const body = await metricsCsv(reader, tenantId, params.projectId, currency);
      return body === undefined ? noProject : { kind: 'answer', body };
    },
  });

/** What was counted, and how fit it is to judge by. */
export const metricQuestions = (profitability: Profitability): Bound[] => [
  list(profitability),
  history(profitability),
  file(profitability),
  bindQuestion(contract.getServiceMetrics, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const { knownAt: _, ...asked } = query;
      const question = { tenantId, ...params, ...asked, instant, seesRates };
      const body = await serviceMetrics(profitability, reader, question);
      return body === undefined ? noProject : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.compareBenchmarks, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const { asOf, lang } = query;
      const question = { tenantId, ...params, asOf, lang, instant, seesRates };
      const body = await benchmarksOf(profitability, reader, question);
      return body === undefined ? { kind: 'not-found', what: 'client' } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.getMetricFitness, {
    projections: own,
    answer: async ({ caller, params, query }, reader) => {
      const judged = await metricFitness(reader, caller.tenantId, params.metricId, query.lang);
      if (judged === undefined) return { kind: 'not-found', what: 'metric' };
      return { kind: 'answer', body: { ...judged, knownAt: reader.position } };
    },
  }),
  bindQuestion(contract.listMetricDefinitions, {
    projections: own,
    answer: async ({ caller, query }, reader) => {
      const items = await metricDefinitions(reader, caller.tenantId, query.lang);
      return { kind: 'answer', body: { items, knownAt: reader.position } };
    },
  }),
];
