import {
  type agencyEvents,
  type BillRateScope,
  type billRateEvents,
  categories,
  type EventUnion,
  type rateChangeEvents,
  type specialistEvents,
  type standardEvents,
  type subjectEvents,
} from '@headroom/contracts/events';
import { derivedId, streamName } from '@headroom/kernel';

export type AgencyEvent = EventUnion<(typeof agencyEvents)[number]>;
export type StandardEvent = EventUnion<(typeof standardEvents)[number]>;
export type SpecialistEvent = EventUnion<(typeof specialistEvents)[number]>;
export type RateChangeEvent = EventUnion<(typeof rateChangeEvents)[number]>;
export type SubjectEvent = EventUnion<(typeof subjectEvents)[number]>;
export type BillRateEvent = EventUnion<(typeof billRateEvents)[number]>;

export const agencyStreamId = (tenantId: string) => streamName(categories.agency, tenantId);
export const standardStreamId = (tenantId: string, standardId: string) =>
  streamName(categories.standard, tenantId, standardId);
export const specialistStreamId = (tenantId: string, specialistId: string) =>
  streamName(categories.specialist, tenantId, specialistId);

export const rateChangeStreamId = (tenantId: string, rateChangeId: string) =>
  streamName(categories.rateChange, tenantId, rateChangeId);

/** A subject's id begins with its kind. */
export const subjectStreamId = (tenantId: string, subjectId: string) =>
  streamName(categories.subject, tenantId, subjectId);

/** A role's name may hold what a stream's name may not, so it is told by its digest. */
export const billRatesStreamId = (tenantId: string, scope: BillRateScope) => {
  const rates = (...keys: readonly string[]) => streamName(categories.billRates, tenantId, scope.kind, ...keys);
  switch (scope.kind) {
    case 'agency':
      return rates();
    case 'client':
      return rates(scope.clientId);
    case 'project':
      return rates(scope.projectId);
    case 'role':
      return rates(derivedId(scope.role));
    case 'specialist':
      return rates(scope.specialistId);
  }
};

// Streams that other services own; only read.
export const clientStreamId = (tenantId: string, clientId: string) => streamName(categories.client, tenantId, clientId);
export const projectStreamId = (tenantId: string, projectId: string) =>
  streamName(categories.project, tenantId, projectId);
/** The review of a month. */
export const reviewStreamId = (tenantId: string, month: string) => streamName(categories.review, tenantId, month);
