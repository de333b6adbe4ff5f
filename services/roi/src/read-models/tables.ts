import { table } from '@headroom/projecting';
import type { Baseline, FactsFrom } from '../decisions/roi/facts.ts';

export interface ClientRow {
  readonly tenantId: string;
  readonly clientId: string;
  readonly name: string;
  /** In the order of their months. */
  facts: FactsFrom[];
}

export const clientTable = table<ClientRow>('client', {
  columns: { tenantId: 'text', clientId: 'text', name: 'text', facts: 'json' },
  key: ['tenantId', 'clientId'],
});

export interface ProjectRow {
  readonly tenantId: string;
  readonly projectId: string;
  readonly clientId: string;
  readonly name: string;
  readonly openedOn: string;
  readonly serviceType: string | null;
  baseline: Baseline | null;
}

export const projectTable = table<ProjectRow>('project', {
  columns: {
    tenantId: 'text',
    projectId: 'text',
    clientId: 'text',
    name: 'text',
    openedOn: 'date',
    serviceType: { type: 'text', nullable: true },
    baseline: { type: 'json', nullable: true },
  },
  key: ['tenantId', 'projectId'],
  lookups: { byClient: ['tenantId', 'clientId'] },
});

/** What was counted in a month; amounts in minor units of the agency's currency. */
export interface MetricRow {
  readonly tenantId: string;
  readonly projectId: string;
  readonly month: string;
  readonly visitors: number | null;
  readonly inquiries: number | null;
  readonly calls: number | null;
  readonly forms: number | null;
  readonly sales: number | null;
  readonly turnoverMinor: number | null;
  readonly advertisingSpendMinor: number | null;
}

const counted = { type: 'integer', nullable: true } as const;

export const metricTable = table<MetricRow>('metric', {
  columns: {
    tenantId: 'text',
    projectId: 'text',
    month: 'text',
    visitors: counted,
    inquiries: counted,
    calls: counted,
    forms: counted,
    sales: counted,
    turnoverMinor: counted,
    advertisingSpendMinor: counted,
  },
  key: ['tenantId', 'projectId', 'month'],
  lookups: { byProject: ['tenantId', 'projectId', 'month'] },
});
