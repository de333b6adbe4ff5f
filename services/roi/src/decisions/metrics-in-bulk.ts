import { isRefused } from '@headroom/kernel';
import type { ProjectMetricsEvent } from '../events/streams.ts';
import {
  type Around,
  decideRecordMetric,
  type ProjectMetrics,
  type RecordMetricRefusal,
  type StatedMetric,
} from './project-metrics.ts';

type Recorded = Extract<ProjectMetricsEvent, { type: 'MetricRecorded' }>;
type Mode = 'atomic' | 'best-effort';

/** What becomes of one month of many. */
export type Fate =
  | { readonly outcome: 'accepted'; readonly event: Recorded }
  | { readonly outcome: 'unchanged' | 'not-carried-out' }
  | { readonly outcome: 'refused'; readonly code: RecordMetricRefusal };

const COUNTED = ['visitors', 'inquiries', 'calls', 'forms', 'sales'] as const;
const AMOUNTS = ['turnover', 'advertisingSpend'] as const;

const saysTheSame = (one: Recorded['data'], other: Recorded['data'] | undefined): boolean =>
  other !== undefined &&
  COUNTED.every((name) => one[name] === other[name]) &&
  AMOUNTS.every((name) => one[name]?.minor === other[name]?.minor);

/**
 * What becomes of each of many months, in their order: a month that says what it said before is left as it is; `atomic`
 * carries none out when one is refused.
 */
export const decideMonths = (
  projectId: string,
  items: readonly StatedMetric[],
  mode: Mode,
  metrics: ProjectMetrics,
  around: Around & { readonly now: string },
): Fate[] => {
  const fates = items.map((item): Fate => {
    const decision = decideRecordMetric({ ...item, projectId }, around);
    if (isRefused(decision)) return { outcome: 'refused', code: decision.refused };
    const [event] = decision.accepted;
    return event === undefined || saysTheSame(event.data, metrics.months.get(item.month))
      ? { outcome: 'unchanged' }
      : { outcome: 'accepted', event };
  });
  if (mode === 'best-effort' || fates.every(({ outcome }) => outcome !== 'refused')) return fates;
  return fates.map((fate): Fate => (fate.outcome === 'accepted' ? { outcome: 'not-carried-out' } : fate));
};
