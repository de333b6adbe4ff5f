import {
  type agencyEvents,
  categories,
  type EventUnion,
  type specialistEvents,
  type standardEvents,
} from '@headroom/contracts/events';
import { streamName } from '@headroom/kernel';

export type AgencyEvent = EventUnion<(typeof agencyEvents)[number]>;
export type StandardEvent = EventUnion<(typeof standardEvents)[number]>;
export type SpecialistEvent = EventUnion<(typeof specialistEvents)[number]>;

export const agencyStreamId = (tenantId: string) => streamName(categories.agency, tenantId);
export const standardStreamId = (tenantId: string, standardId: string) =>
  streamName(categories.standard, tenantId, standardId);
export const specialistStreamId = (tenantId: string, specialistId: string) =>
  streamName(categories.specialist, tenantId, specialistId);
