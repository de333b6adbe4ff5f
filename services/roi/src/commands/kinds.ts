import { streamKinds } from '@headroom/commanding';
import { categories } from '@headroom/contracts/events';
import { storedTypeOf, upcast } from '@headroom/contracts/events/upcast';
import { businessFactsEvolution } from '../decisions/business-facts.ts';
import { metricDefinitionEvolution } from '../decisions/metric-definition.ts';
import { projectMetricsEvolution } from '../decisions/project-metrics.ts';
import { roiEstimateEvolution } from '../decisions/roi-estimate.ts';
import { agencyEvolution, clientEvolution, projectEvolution } from '../decisions/surroundings.ts';

const kind = streamKinds(upcast, storedTypeOf);

export const businessFactsKind = kind(categories.clientBusiness, businessFactsEvolution);
export const metricDefinitionKind = kind(categories.metricDefinition, metricDefinitionEvolution);
export const roiEstimateKind = kind(categories.roiEstimate, roiEstimateEvolution);
export const projectMetricsKind = kind(categories.projectMetrics, projectMetricsEvolution);

// Streams that other services own; only read.
export const agencyKind = kind(categories.agency, agencyEvolution);
export const clientKind = kind(categories.client, clientEvolution);
export const projectKind = kind(categories.project, projectEvolution);
