import {
  type BillRateScope,
  categories,
  type EventUnion,
  type importEvents,
  type invoiceEvents,
  type periodEvents,
  type projectEvents,
  type reviewEvents,
  type stageEvents,
  type timerEvents,
  type timesheetEvents,
} from '@headroom/contracts/events';
import { derivedId, streamName } from '@headroom/kernel';

export type ProjectEvent = EventUnion<(typeof projectEvents)[number]>;
export type ReviewEvent = EventUnion<(typeof reviewEvents)[number]>;
export type StageEvent = EventUnion<(typeof stageEvents)[number]>;
export type InvoiceEvent = EventUnion<(typeof invoiceEvents)[number]>;
export type PeriodEvent = EventUnion<(typeof periodEvents)[number]>;
export type TimerEvent = EventUnion<(typeof timerEvents)[number]>;
export type ImportEvent = EventUnion<(typeof importEvents)[number]>;
export type TimesheetEvent = EventUnion<(typeof timesheetEvents)[number]>;

export const projectStreamId = (tenantId: string, projectId: string) =>
  streamName(categories.project, tenantId, projectId);
export const stageStreamId = (tenantId: string, stageId: string) => streamName(categories.stage, tenantId, stageId);
/** The review of a month. */
export const reviewStreamId = (tenantId: string, month: string) => streamName(categories.review, tenantId, month);
export const invoiceStreamId = (tenantId: string, invoiceId: string) =>
  streamName(categories.invoice, tenantId, invoiceId);
/** A specialist's hours of one month. */
export const timesheetStreamId = (tenantId: string, specialistId: string, month: string) =>
  streamName(categories.timesheet, tenantId, specialistId, month);
export const importStreamId = (tenantId: string, importId: string) => streamName(categories.import, tenantId, importId);

/** The running timer of a specialist. */
export const timerStreamId = (tenantId: string, specialistId: string) =>
  streamName(categories.timer, tenantId, specialistId);
/** Which months are closed. */
export const periodsStreamId = (tenantId: string) => streamName(categories.periods, tenantId);

// Streams that other services own; only read.
export const agencyStreamId = (tenantId: string) => streamName(categories.agency, tenantId);
export const specialistStreamId = (tenantId: string, specialistId: string) =>
  streamName(categories.specialist, tenantId, specialistId);
export const clientStreamId = (tenantId: string, clientId: string) => streamName(categories.client, tenantId, clientId);
export const requestStreamId = (tenantId: string, requestId: string) =>
  streamName(categories.request, tenantId, requestId);
export const standardStreamId = (tenantId: string, standardId: string) =>
  streamName(categories.standard, tenantId, standardId);
export const extraPaymentStreamId = (tenantId: string, extraPaymentId: string) =>
  streamName(categories.extraPayment, tenantId, extraPaymentId);

/** The bill rates of a scope, by its kind and what it names; a role's name is told by its digest. */
export const billRatesStreamId = (tenantId: string, scope: BillRateScope['kind'], key: string) => {
  if (scope === 'agency') return streamName(categories.billRates, tenantId, scope);
  return streamName(categories.billRates, tenantId, scope, scope === 'role' ? derivedId(key) : key);
};
