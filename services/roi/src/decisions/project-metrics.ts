import type { Money } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, localDate, monthOf, refuse } from '@headroom/kernel';
import type { ProjectMetricsEvent } from '../events/streams.ts';
import type { AgencyFacts, ProjectFacts } from './surroundings.ts';

/** Baselines and months may be recorded again, so a decision needs to know nothing of the ones before. */
export type ProjectMetrics = Readonly<Record<never, never>>;

export const projectMetricsEvolution: Evolution<ProjectMetrics, ProjectMetricsEvent> = {
  initial: () => ({}),
  evolve: (metrics) => metrics,
};

export interface SetBaseline {
  readonly projectId: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly totalVisitors?: number | undefined;
  readonly totalInquiries?: number | undefined;
}

export const decideSetBaseline = (
  { projectId, periodFrom, periodTo, totalVisitors, totalInquiries }: SetBaseline,
  project: ProjectFacts | undefined,
): Decision<ProjectMetricsEvent, 'project-not-found'> =>
  project === undefined
    ? refuse('project-not-found')
    : accept({
        type: 'BaselineSet',
        data: {
          projectId,
          clientId: project.clientId,
          periodFrom,
          periodTo,
          totalVisitors: totalVisitors ?? null,
          totalInquiries: totalInquiries ?? null,
        },
      });

export interface RecordMetric {
  readonly projectId: string;
  readonly month: string;
  readonly visitors?: number | undefined;
  readonly inquiries?: number | undefined;
  readonly calls?: number | undefined;
  readonly forms?: number | undefined;
  readonly sales?: number | undefined;
  readonly turnover?: Money | undefined;
  readonly advertisingSpend?: Money | undefined;
}

export type RecordMetricRefusal =
  | 'agency-not-configured'
  | 'project-not-found'
  | 'currency-mismatch'
  | 'month-in-future';

/** What is not said of the month is not known of it any more: the event replaces the whole month. */
export const decideRecordMetric = (
  command: RecordMetric,
  around: {
    readonly agency: AgencyFacts | undefined;
    readonly project: ProjectFacts | undefined;
    readonly now: string;
  },
): Decision<ProjectMetricsEvent, RecordMetricRefusal> => {
  const { projectId, month, visitors, inquiries, calls, forms, sales, turnover, advertisingSpend } = command;
  const { agency, project, now } = around;
  if (agency === undefined) return refuse('agency-not-configured');
  if (project === undefined) return refuse('project-not-found');
  const { currency, timeZone } = agency;
  if ([turnover, advertisingSpend].some((money) => money !== undefined && money.currency !== currency)) {
    return refuse('currency-mismatch', { currency });
  }
  const thisMonth = monthOf(localDate(now, timeZone));
  if (month > thisMonth) return refuse('month-in-future', { thisMonth });
  return accept({
    type: 'MetricRecorded',
    data: {
      projectId,
      clientId: project.clientId,
      month,
      visitors: visitors ?? null,
      inquiries: inquiries ?? null,
      calls: calls ?? null,
      forms: forms ?? null,
      sales: sales ?? null,
      turnover: turnover ?? null,
      advertisingSpend: advertisingSpend ?? null,
    },
  });
};
