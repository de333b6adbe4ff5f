import {
  type agencyEvents,
  categories,
  type clientEvents,
  type EventUnion,
  type requestEvents,
  type specialistEvents,
} from '@headroom/contracts/events';
import { streamName } from '@headroom/kernel';

/** Streams of other services that decisions here look at, through the published language alone. */
export type AgencyEvent = EventUnion<(typeof agencyEvents)[number]>;
export type SpecialistEvent = EventUnion<(typeof specialistEvents)[number]>;
export type ClientEvent = EventUnion<(typeof clientEvents)[number]>;
export type RequestEvent = EventUnion<(typeof requestEvents)[number]>;

export const agencyStreamId = (tenantId: string) => streamName(categories.agency, tenantId);
export const specialistStreamId = (tenantId: string, specialistId: string) =>
  streamName(categories.specialist, tenantId, specialistId);
export const clientStreamId = (tenantId: string, clientId: string) => streamName(categories.client, tenantId, clientId);
export const requestStreamId = (tenantId: string, requestId: string) =>
  streamName(categories.request, tenantId, requestId);
