import type { BenchmarkMetric } from '@headroom/contracts/events';
import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { compareBenchmarks } from '@headroom/contracts/rest/roi';
import { localDate, monthOf } from '@headroom/kernel';
import { formatDecimal, millionths, RATIO_SCALE } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { competitivenessText } from '../decisions/benchmarks/competitiveness.ts';
import { isShare } from '../decisions/benchmarks/record-benchmark.ts';
import { compareWith, verdictOf } from '../decisions/benchmarks/standing.ts';
import { type FactName, factIn } from '../decisions/roi/facts.ts';
import { costOfEffect } from '../decisions/roi/sharing.ts';
import { type FiveMetrics, type MeasuredMonth, metricsOfAll } from '../decisions/service-metrics/five-metrics.ts';
import { clientCalculation } from './client-calculation.ts';
import { projectsTellingOneRate } from './rate-privacy.ts';
import { benchmarkTable, type ClientRow, clientTable } from './tables.ts';

type Answer = ResponseOf<typeof compareBenchmarks>;
type Profitability = ProfitabilityQuestions<RowReader>;

const FACTS: Partial<Readonly<Record<BenchmarkMetric, FactName>>> = {
  conversion: 'conversion',
  'close-rate': 'closeRate',
  'gross-margin': 'grossMargin',
  'average-check': 'averageCheck',
};
const MEASURED: Partial<Readonly<Record<BenchmarkMetric, keyof FiveMetrics>>> = {
  'cost-per-inquiry': 'costPerInquiry',
  'cost-per-visitor': 'costPerVisitor',
  'cost-per-call': 'costPerCall',
  'profit-per-visitor': 'profitPerVisitor',
};
const FOLLOW_FROM_FEE: ReadonlySet<BenchmarkMetric> = new Set([
  'cost-per-inquiry',
  'cost-per-visitor',
  'cost-per-call',
]);

const RECENT_MONTHS = 3;

/** The service metrics of the last complete months of all of a client's projects. */
const recentMetrics = async (
  profitability: Profitability,
  reader: RowReader,
  client: ClientRow,
  asOf: string,
): Promise<FiveMetrics> => {
  const { loaded, projects } = await clientCalculation(profitability, reader, client, asOf);
  const complete = projects.flatMap(({ months }) => months.filter((each) => each.complete).map(({ month }) => month));
  const recent = [...new Set(complete)].sort().slice(-RECENT_MONTHS);
  const measured = loaded.flatMap(({ facts: { projectId, metrics } }) =>
    metrics
      .filter(({ month }) => recent.includes(month))
      .map((metric): MeasuredMonth => {
        const { month } = metric;
        return { month, metric, cost: costOfEffect(projects, client.sharings, projectId, month) };
      }),
  );
  return metricsOfAll(measured, null, client.facts);
};

/** How competitive a client is; undefined when there is no such one. */
export const benchmarksOf = async (
  profitability: Profitability,
  reader: RowReader,
  wish: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly asOf?: string | undefined;
    readonly instant: string;
    readonly seesRates: boolean;
    readonly lang: 'en' | 'ru';
  },
): Promise<Answer | undefined> => {
  const { tenantId, clientId, instant, seesRates, lang } = wish;
  const client = await reader.get(clientTable, tenantId, clientId);
  const agency = await profitability.agency(reader, tenantId);
  if (client === undefined || agency === undefined) return undefined;
  const asOf = wish.asOf ?? localDate(instant, agency.timeZone);
  const rows = await reader.where(benchmarkTable, 'byClient', [tenantId, clientId]);
  const five = await recentMetrics(profitability, reader, client, asOf);
  const suppressed =
    !seesRates && (await projectsTellingOneRate(profitability, reader, tenantId, clientId, asOf)).size > 0;
  const ownOf = (metric: BenchmarkMetric): bigint | null => {
    const name = FACTS[metric];
    if (name !== undefined) {
      const stated = factIn(client.facts, name, monthOf(asOf))?.stated;
      if (stated === undefined) return null;
      return isShare(metric) ? millionths(stated) : BigInt(stated);
    }
    const measured = MEASURED[metric];
    return measured === undefined || (suppressed && FOLLOW_FROM_FEE.has(metric)) ? null : five[measured].value;
  };
  const items = rows
    .filter(({ observedOn }) => observedOn <= asOf)
    .map(({ tenantId: _, clientId: __, ...benchmark }): Answer['items'][number] => {
      const own = ownOf(benchmark.metric);
      if (own === null) return { ...benchmark, own, ratio: null, betterThan: null, standing: null };
      const shown = isShare(benchmark.metric) ? formatDecimal(own, RATIO_SCALE) : Number(own);
      return { ...benchmark, own: shown, ...compareWith(own, { ...benchmark, clientId }) };
    });
  const compared = items.flatMap(({ metric, name, standing }) =>
    standing === null ? [] : [{ metric, name, standing }],
  );
  const verdict = verdictOf(compared.map(({ standing }) => standing));
  return {
    clientId,
    name: client.name,
    currency: agency.currency,
    verdict,
    text: competitivenessText(lang, client.name, verdict, compared),
    items,
    suppressed,
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
