import {
  type businessFactsEvents,
  categories,
  type EventUnion,
  type metricDefinitionEvents,
  type projectMetricsEvents,
  type roiEstimateEvents,
} from '@headroom/contracts/events';
import { streamName } from '@headroom/kernel';

export type BusinessFactsEvent = EventUnion<(typeof businessFactsEvents)[number]>;
export type ProjectMetricsEvent = EventUnion<(typeof projectMetricsEvents)[number]>;

export type MetricDefinitionEvent = EventUnion<(typeof metricDefinitionEvents)[number]>;

export const metricDefinitionStreamId = (tenantId: string, metricId: string) =>
  streamName(categories.metricDefinition, tenantId, metricId);
export type RoiEstimateEvent = EventUnion<(typeof roiEstimateEvents)[number]>;

export const roiEstimateStreamId = (tenantId: string, estimateId: string) =>
  streamName(categories.roiEstimate, tenantId, estimateId);
export const clientBusinessStreamId = (tenantId: string, clientId: string) =>
  streamName(categories.clientBusiness, tenantId, clientId);
export const projectMetricsStreamId = (tenantId: string, projectId: string) =>
  streamName(categories.projectMetrics, tenantId, projectId);

// Streams that other services own.
export const agencyStreamId = (tenantId: string) => streamName(categories.agency, tenantId);
export const clientStreamId = (tenantId: string, clientId: string) => streamName(categories.client, tenantId, clientId);
export const projectStreamId = (tenantId: string, projectId: string) =>
  streamName(categories.project, tenantId, projectId);
