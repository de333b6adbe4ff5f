import { categories, type TimeEntry } from '@headroom/contracts/events';
import type { NewEvent } from '@headroom/event-store';
import { derivedId, streamName } from '@headroom/kernel';
import type { PublishedEvent } from './histories.ts';

const sheet = (tenantId: string, { specialistId, workDate }: Pick<TimeEntry, 'specialistId' | 'workDate'>): string =>
  streamName(categories.timesheet, tenantId, specialistId, workDate.slice(0, 7));

/** The stream to which a command would have appended the event; what no figure of a stage is made of shares one. */
export const streamOf = ({ type, data }: PublishedEvent, tenantId: string): string => {
  switch (type) {
    case 'AgencyConfigured':
    case 'ExchangeRateSet':
      return streamName(categories.agency, tenantId);
    case 'StandardProposed':
    case 'StandardApproved':
      return streamName(categories.standard, tenantId, data.standardId);
    case 'SpecialistAdded':
    case 'CostRateSet':
    case 'SpecialistDeactivated':
      return streamName(categories.specialist, tenantId, data.specialistId);
    case 'BillRateSet': {
      const { scope } = data;
      const key = scope.kind === 'specialist' ? scope.specialistId : scope.kind === 'role' ? derivedId(scope.role) : '';
      return streamName(categories.billRates, tenantId, scope.kind, ...(key === '' ? [] : [key]));
    }
    case 'ClientRegistered':
      return streamName(categories.client, tenantId, data.clientId);
    case 'InteractionLogged':
      return streamName(categories.interactions, tenantId, data.clientId, data.occurredAt.slice(0, 7));
    case 'SatisfactionRecorded':
      return streamName(categories.satisfaction, tenantId, data.clientId);
    case 'ProjectOpened':
      return streamName(categories.project, tenantId, data.projectId);
    case 'StagePlanned':
    case 'StageStarted':
    case 'StageClosed':
    case 'StageReopened':
    case 'RemainingEstimateRevised':
    case 'ExpenseRecorded':
    case 'ExpenseVoided':
    case 'RevenueWrittenOff':
      return streamName(categories.stage, tenantId, data.stageId);
    case 'HoursLogged':
      return sheet(tenantId, data);
    case 'HoursCorrected':
    case 'HoursAdjusted':
      return sheet(tenantId, data.before);
    case 'HoursVoided':
      return sheet(tenantId, data.entry);
    case 'HoursSubmitted':
    case 'HoursApproved':
    case 'HoursRejected':
      return streamName(categories.timesheet, tenantId, data.specialistId, data.month);
    case 'RateChangeApplied':
      return streamName(categories.rateChange, tenantId, data.rateChangeId);
    case 'PeriodClosed':
    case 'PeriodReopened':
      return streamName(categories.periods, tenantId);
    case 'InvoiceIssued':
    case 'PaymentRecorded':
    case 'InvoiceVoided':
    case 'PaymentVoided':
      return streamName(categories.invoice, tenantId, data.invoiceId);
    case 'ExtraPaymentProposed':
    case 'ExtraPaymentAgreed':
      return streamName(categories.extraPayment, tenantId, data.extraPaymentId);
    default:
      return streamName('history', tenantId);
  }
};

interface Run {
  readonly streamId: string;
  readonly events: NewEvent[];
}

/** Events in their own streams, as appends that keep their order. */
export const inTheirStreams = (
  published: readonly PublishedEvent[],
  events: readonly NewEvent[],
  tenantId: string,
): Run[] => {
  const runs: Run[] = [];
  for (const [index, event] of events.entries()) {
    const streamId = streamOf(published[index] as PublishedEvent, tenantId);
    const last = runs.at(-1);
    if (last?.streamId === streamId) last.events.push(event);
    else runs.push({ streamId, events: [event] });
  }
  return runs;
};
