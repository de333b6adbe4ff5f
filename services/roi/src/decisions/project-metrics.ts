import type { baselineSet, EventData, Money, metricRecorded } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, localDate, monthOf, refuse } from '@headroom/kernel';
import type { ProjectMetricsEvent } from '../events/streams.ts';
import type { AgencyFacts, ProjectFacts } from './surroundings.ts';

type Recorded = EventData<typeof metricRecorded>['MetricRecorded'];
type Baseline = EventData<typeof baselineSet>['BaselineSet'];

/** What holds of each month. Baselines may be set again, so a decision needs to know nothing of the ones before. */
export interface ProjectMetrics {
  readonly months: Map<string, Recorded>;
}

export const projectMetricsEvolution: Evolution<ProjectMetrics, ProjectMetricsEvent> = {
  initial: () => ({ months: new Map() }),
  evolve: (metrics, event) => {
    if (event.type === 'MetricRecorded') metrics.months.set(event.data.month, event.data);
    return metrics;
  },
};

type Stated<Data> = { readonly [Name in keyof Data]?: NonNullable<Data[Name]> | undefined };

export type SetBaseline = Pick<Baseline, 'projectId' | 'periodFrom' | 'periodTo'> &
  Stated<Omit<Baseline, 'projectId' | 'clientId' | 'periodFrom' | 'periodTo'>>;

export interface Around {
  readonly agency: AgencyFacts | undefined;
  readonly project: ProjectFacts | undefined;
}

const foreign = (amounts: readonly (Money | undefined)[], currency: string): boolean =>
  amounts.some((money) => money !== undefined && money.currency !== currency);

export const decideSetBaseline = (
  command: SetBaseline,
  { agency, project }: Around,
): Decision<ProjectMetricsEvent, 'agency-not-configured' | 'project-not-found' | 'currency-mismatch'> => {
  const { projectId, periodFrom, periodTo } = command;
  if (agency === undefined) return refuse('agency-not-configured');
  if (project === undefined) return refuse('project-not-found');
  const { currency } = agency;
  if (foreign([command.totalTurnover, command.totalPromotionCost], currency)) {
    return refuse('currency-mismatch', { currency });
  }
  return accept({
    type: 'BaselineSet',
    data: {
      projectId,
      clientId: project.clientId,
      periodFrom,
      periodTo,
      totalVisitors: command.totalVisitors ?? null,
      totalInquiries: command.totalInquiries ?? null,
      totalCalls: command.totalCalls ?? null,
      totalForms: command.totalForms ?? null,
      totalSales: command.totalSales ?? null,
      totalTurnover: command.totalTurnover ?? null,
      totalPromotionCost: command.totalPromotionCost ?? null,
    },
  });
};

/** What is stated of a month. */
export type StatedMetric = Pick<Recorded, 'month'> & Stated<Omit<Recorded, 'projectId' | 'clientId' | 'month'>>;
export type RecordMetric = StatedMetric & { readonly projectId: string };

export type RecordMetricRefusal =
  | 'agency-not-configured'
  | 'project-not-found'
  | 'currency-mismatch'
  | 'month-in-future';

/** What is not said of the month is not known of it any more: the event replaces the whole month. */
export const decideRecordMetric = (
  command: RecordMetric,
  { agency, project, now }: Around & { readonly now: string },
): Decision<Extract<ProjectMetricsEvent, { type: 'MetricRecorded' }>, RecordMetricRefusal> => {
  const { projectId, month, turnover, advertisingSpend } = command;
  if (agency === undefined) return refuse('agency-not-configured');
  if (project === undefined) return refuse('project-not-found');
  const { currency, timeZone } = agency;
  if (foreign([turnover, advertisingSpend], currency)) return refuse('currency-mismatch', { currency });
  const thisMonth = monthOf(localDate(now, timeZone));
  if (month > thisMonth) return refuse('month-in-future', { thisMonth });
  return accept({
    type: 'MetricRecorded',
    data: {
      projectId,
      clientId: project.clientId,
      month,
      visitors: command.visitors ?? null,
      inquiries: command.inquiries ?? null,
      calls: command.calls ?? null,
      forms: command.forms ?? null,
      sales: command.sales ?? null,
      turnover: turnover ?? null,
      advertisingSpend: advertisingSpend ?? null,
    },
  });
};
