import type { businessFactsRecorded, EventData } from '@headroom/contracts/events';
import type { Metric } from '../src/decisions/roi/facts.ts';
import type { Stated } from './log.ts';

export const rub = (minor: number) => ({ minor, currency: 'RUB' });

export const client: Stated = {
  type: 'ClientRegistered',
  data: { clientId: 'flora', name: 'Flora', since: '2025-02-03', externalRef: null },
};

export const project = (projectId: string, openedOn = '2025-10-06'): Stated => ({
  type: 'ProjectOpened',
  data: {
    projectId,
    clientId: 'flora',
    name: `Project ${projectId}`,
    managerId: 'boris',
    serviceType: null,
    openedOn,
    externalRef: null,
  },
});

export const certain = <Value>(stated: Value, low = stated, high = stated) => ({
  stated,
  low,
  high,
  source: 'client' as const,
});

export const facts = (
  effectiveFrom: string,
  change: Partial<EventData<typeof businessFactsRecorded>['BusinessFactsRecorded']>,
): Stated => ({
  type: 'BusinessFactsRecorded',
  data: {
    clientId: 'flora',
    effectiveFrom,
    measuredFrom: null,
    measuredTo: null,
    conversion: null,
    closeRate: null,
    averageCheck: null,
    grossMargin: null,
    ...change,
  },
});

export const allFacts = facts('2025-10', {
  closeRate: certain('0.25', '0.2', '0.3'),
  averageCheck: certain(rub(1_200_000)),
  grossMargin: certain('0.5'),
});

export const baseline = (projectId: string, totalInquiries: number | null = 60): Stated => ({
  type: 'BaselineSet',
  data: {
    projectId,
    clientId: 'flora',
    periodFrom: '2025-07',
    periodTo: '2025-09',
    totalVisitors: null,
    totalInquiries,
    totalCalls: null,
    totalForms: null,
    totalSales: null,
    totalTurnover: null,
    totalPromotionCost: null,
  },
});

export const metric = (
  projectId: string,
  month: string,
  inquiries: number | null,
  change: Partial<Pick<Metric, 'visitors'>> & { readonly advertising?: number } = {},
): Stated => ({
  type: 'MetricRecorded',
  data: {
    projectId,
    clientId: 'flora',
    month,
    visitors: change.visitors ?? null,
    inquiries,
    calls: null,
    forms: null,
    sales: null,
    turnover: null,
    advertisingSpend: change.advertising === undefined ? null : rub(change.advertising),
  },
});
