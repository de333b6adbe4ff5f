import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getServiceMetrics } from '@headroom/contracts/rest/roi';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { costOfEffect } from '../decisions/roi/sharing.ts';
import {
  type Compared,
  type FiveMetrics,
  type MetricName,
  metricNames,
  metricsOfAll,
  metricsOfMonth,
} from '../decisions/service-metrics/five-metrics.ts';
import { clientCalculation } from './client-calculation.ts';
import { projectsTellingOneRate } from './rate-privacy.ts';
import { clientTable, projectTable } from './tables.ts';

type Answer = ResponseOf<typeof getServiceMetrics>;
type Shown = Answer['total'];

const FOLLOW_FROM_FEE: ReadonlySet<MetricName> = new Set(['costPerInquiry', 'costPerVisitor', 'costPerCall']);

const shownFive = (five: FiveMetrics, currency: string, hideFee: boolean): Shown => {
  const money = (minor: bigint | null) => (minor === null ? null : { minor: Number(minor), currency });
  const shown = ({ value, baseline, change, better }: Compared, hide: boolean): Shown[MetricName] =>
    hide
      ? { value: null, baseline: money(baseline), change: null, better: null }
      : { value: money(value), baseline: money(baseline), change, better };
  const all = metricNames.map((name) => [name, shown(five[name], hideFee && FOLLOW_FROM_FEE.has(name))] as const);
  return Object.fromEntries(all) as Shown;
};

export interface AskServiceMetrics {
  readonly tenantId: string;
  readonly projectId: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

/** The five service metrics of a project, month by month and in all, against its baseline. */
export const serviceMetrics = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, projectId, from = '', to = '9999-12', asOf: asked, instant, seesRates }: AskServiceMetrics,
): Promise<Answer | undefined> => {
  const row = await reader.get(projectTable, tenantId, projectId);
  const client = row && (await reader.get(clientTable, tenantId, row.clientId));
  const agency = await profitability.agency(reader, tenantId);
  if (row === undefined || client === undefined || agency === undefined) return undefined;
  const { clientId, name, baseline } = row;
  const { currency, timeZone } = agency;
  const asOf = asked ?? localDate(instant, timeZone);
  const { loaded, projects } = await clientCalculation(profitability, reader, client, asOf);
  const calculated = projects.find((each) => each.projectId === projectId);
  const metrics = loaded.find(({ facts }) => facts.projectId === projectId)?.facts.metrics ?? [];
  const suppressed =
    !seesRates && (await projectsTellingOneRate(profitability, reader, tenantId, clientId, asOf)).has(projectId);
  const money = (minor: bigint) => ({ minor: Number(minor), currency });
  const months = (calculated?.months ?? [])
    .filter(({ month }) => month >= from && month <= to)
    .map((figures) => ({
      figures,
      cost: costOfEffect(projects, client.sharings, projectId, figures.month),
      month: figures.month,
      metric: metrics.find(({ month }) => month === figures.month),
    }));
  return {
    projectId,
    clientId,
    name,
    currency,
    months: months.map(({ figures, ...measured }) => {
      const { month, turnoverBasis, ...five } = metricsOfMonth(measured, baseline, client.facts);
      const { visitors = null, inquiries = null, calls = null } = measured.metric ?? {};
      return {
        month,
        complete: figures.complete,
        fee: suppressed ? null : money(measured.cost - figures.advertisingSpend),
        advertisingSpend: money(figures.advertisingSpend),
        visitors,
        inquiries,
        calls,
        turnoverBasis,
        ...shownFive(five, currency, suppressed),
      };
    }),
    total: shownFive(metricsOfAll(months, baseline, client.facts), currency, suppressed),
    baseline: baseline === null ? null : { periodFrom: baseline.periodFrom, periodTo: baseline.periodTo },
    suppressed,
    revenueBasis: 'earned',
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
