import type { EventData, metricDefined } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { MetricDefinitionEvent } from '../events/streams.ts';

type Defined = EventData<typeof metricDefined>['MetricDefined'];

/** The definition that holds; undefined before the first one. */
export interface MetricDefinition {
  data: Defined | undefined;
}

export const metricDefinitionEvolution: Evolution<MetricDefinition, MetricDefinitionEvent> = {
  initial: () => ({ data: undefined }),
  evolve: (definition, { data }) => {
    definition.data = data;
    return definition;
  },
};

export interface DefineMetric {
  readonly metricId: string;
  readonly name: string;
  readonly counts?: Defined['counts'] | undefined;
  readonly controllableByUs: boolean;
  readonly affectsBusiness: boolean;
  readonly rationale?: string | undefined;
}

const FIELDS = ['name', 'counts', 'controllableByUs', 'affectsBusiness', 'rationale'] as const;

export const decideDefineMetric = (
  { metricId, name, counts, controllableByUs, affectsBusiness, rationale }: DefineMetric,
  { data: before }: MetricDefinition,
): Decision<MetricDefinitionEvent, 'nothing-changed'> => {
  const data: Defined = {
    metricId,
    name,
    counts: counts ?? null,
    controllableByUs,
    affectsBusiness,
    rationale: rationale ?? null,
  };
  if (before !== undefined && FIELDS.every((field) => before[field] === data[field])) return refuse('nothing-changed');
  return accept({ type: 'MetricDefined', data });
};
