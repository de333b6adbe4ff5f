import {
  categories,
  type clientEvents,
  type costMeasureEvents,
  type disputeEvents,
  type EventUnion,
  type extraPaymentEvents,
  type interactionEvents,
  type requestEvents,
  type satisfactionEvents,
} from '@headroom/contracts/events';
import { localDate, monthOf, streamName } from '@headroom/kernel';

export type ClientEvent = EventUnion<(typeof clientEvents)[number]>;
export type InteractionEvent = EventUnion<(typeof interactionEvents)[number]>;
export type DisputeEvent = EventUnion<(typeof disputeEvents)[number]>;
export type SatisfactionEvent = EventUnion<(typeof satisfactionEvents)[number]>;
export type CostMeasureEvent = EventUnion<(typeof costMeasureEvents)[number]>;
export type RequestEvent = EventUnion<(typeof requestEvents)[number]>;
export type ExtraPaymentEvent = EventUnion<(typeof extraPaymentEvents)[number]>;

export const clientStreamId = (tenantId: string, clientId: string) => streamName(categories.client, tenantId, clientId);

/**
 * The stream of a contact. Its month is the one in UTC, not the agency's: a retry finds the same stream even when the
 * agency has moved to another time zone in between.
 */
export const interactionsStreamId = (tenantId: string, clientId: string, occurredAt: string) =>
  streamName(categories.interactions, tenantId, clientId, monthOf(localDate(occurredAt, 'UTC')));

export const satisfactionStreamId = (tenantId: string, clientId: string) =>
  streamName(categories.satisfaction, tenantId, clientId);
export const costMeasureStreamId = (tenantId: string, measureId: string) =>
  streamName(categories.costMeasure, tenantId, measureId);
export const requestStreamId = (tenantId: string, requestId: string) =>
  streamName(categories.request, tenantId, requestId);
export const extraPaymentStreamId = (tenantId: string, extraPaymentId: string) =>
  streamName(categories.extraPayment, tenantId, extraPaymentId);

// Streams that other services own.
export const agencyStreamId = (tenantId: string) => streamName(categories.agency, tenantId);
export const projectStreamId = (tenantId: string, projectId: string) =>
  streamName(categories.project, tenantId, projectId);
export const stageStreamId = (tenantId: string, stageId: string) => streamName(categories.stage, tenantId, stageId);
export const specialistStreamId = (tenantId: string, specialistId: string) =>
  streamName(categories.specialist, tenantId, specialistId);
export const invoiceStreamId = (tenantId: string, invoiceId: string) =>
  streamName(categories.invoice, tenantId, invoiceId);
