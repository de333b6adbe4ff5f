import type { EffectShares, EventData, roiEstimateShared } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';
import type { Benchmark } from '../decisions/benchmarks/record-benchmark.ts';
import type { Baseline, FactsFrom } from '../decisions/roi/facts.ts';

export interface ClientRow {
  readonly tenantId: string;
  readonly clientId: string;
  readonly name: string;
  /** In the order of their months. */
  facts: FactsFrom[];
  /** In the order of their months. */
  sharings: EffectShares[];
}

export const clientTable = table<ClientRow>('client', {
  columns: { tenantId: 'text', clientId: 'text', name: 'text', facts: 'json', sharings: 'json' },
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

/** Everything that was ever recorded of a month: its corrections, and what they corrected. */
export interface RecordingRow extends MetricRow {
  /** Position of the event, padded so that texts sort as numbers do. */
  readonly at: string;
  readonly position: number;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly reason: string | null;
}

const counted = { type: 'integer', nullable: true } as const;

const figureColumns = {
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
} as const;

export const metricTable = table<MetricRow & { readonly corrections: number }>('metric', {
  columns: { ...figureColumns, corrections: 'integer' },
  key: ['tenantId', 'projectId', 'month'],
  lookups: { byProject: ['tenantId', 'projectId', 'month'] },
});

export const recordingTable = table<RecordingRow>('recording', {
  columns: {
    ...figureColumns,
    at: 'text',
    position: 'integer',
    recordedAt: 'instant',
    recordedBy: 'text',
    reason: { type: 'text', nullable: true },
  },
  key: ['tenantId', 'projectId', 'month', 'at'],
});

/** A metric as the agency defined it. */
export interface DefinitionRow {
  readonly tenantId: string;
  readonly metricId: string;
  readonly name: string;
  readonly counts: string | null;
  readonly controllableByUs: boolean;
  readonly affectsBusiness: boolean;
  readonly rationale: string | null;
}

export const definitionTable = table<DefinitionRow>('definition', {
  columns: {
    tenantId: 'text',
    metricId: 'text',
    name: 'text',
    counts: { type: 'text', nullable: true },
    controllableByUs: 'boolean',
    affectsBusiness: 'boolean',
    rationale: { type: 'text', nullable: true },
  },
  key: ['tenantId', 'metricId'],
});

type SharedEstimate = EventData<typeof roiEstimateShared>['RoiEstimateShared'];

/** An estimate as it was shared, and the project it was sold as. */
export interface EstimateRow {
  readonly tenantId: string;
  readonly estimateId: string;
  readonly clientId: string | null;
  readonly sharedOn: string;
  readonly shared: SharedEstimate;
  projectId: string | null;
  startMonth: string | null;
}

export const estimateTable = table<EstimateRow>('estimate', {
  columns: {
    tenantId: 'text',
    estimateId: 'text',
    clientId: { type: 'text', nullable: true },
    sharedOn: 'date',
    shared: 'json',
    projectId: { type: 'text', nullable: true },
    startMonth: { type: 'text', nullable: true },
  },
  key: ['tenantId', 'estimateId'],
});

export interface BenchmarkRow extends Benchmark {
  readonly tenantId: string;
}

export const benchmarkTable = table<BenchmarkRow>('benchmark', {
  columns: {
    tenantId: 'text',
    clientId: 'text',
    benchmarkId: 'text',
    kind: 'text',
    name: 'text',
    metric: 'text',
    value: { type: 'json', nullable: true },
    percentiles: 'json',
    source: 'text',
    observedOn: 'date',
  },
  key: ['tenantId', 'clientId', 'benchmarkId'],
  lookups: { byClient: ['tenantId', 'clientId'] },
});
