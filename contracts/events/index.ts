import { agencyEvents, standardEvents } from './agency.ts';
import { billRateEvents } from './bill-rate.ts';
import { clientEvents, interactionEvents, satisfactionEvents } from './client.ts';
import { businessFactsEvents, projectMetricsEvents } from './client-business.ts';
import { costMeasureEvents } from './cost-measure.ts';
import { extraPaymentEvents } from './extra-payment.ts';
import { importEvents } from './import.ts';
import { invoiceEvents } from './invoice.ts';
import { metricDefinitionEvents } from './metric-definition.ts';
import { periodEvents } from './period.ts';
import { projectEvents } from './project.ts';
import { rateChangeEvents } from './rate-change.ts';
import { requestEvents } from './request.ts';
import { reviewEvents } from './review.ts';
import { roiEstimateEvents } from './roi-estimate.ts';
import { specialistEvents } from './specialist.ts';
import { stageEvents } from './stage.ts';
import { subjectEvents } from './subject.ts';
import { timerEvents } from './timer.ts';
import { timesheetEvents } from './timesheet.ts';

export * from './agency.ts';
export * from './bill-rate.ts';
export * from './client.ts';
export * from './client-business.ts';
export * from './cost-measure.ts';
export * from './dispute.ts';
export * from './event.ts';
export * from './extra-payment.ts';
export * from './import.ts';
export * from './invoice.ts';
export * from './metric-definition.ts';
export * from './period.ts';
export * from './project.ts';
export * from './rate-change.ts';
export * from './request.ts';
export * from './review.ts';
export * from './roi-estimate.ts';
export * from './specialist.ts';
export * from './stage.ts';
export * from './streams.ts';
export * from './subject.ts';
export * from './timer.ts';
export * from './timesheet.ts';
export * from './values.ts';

/** Every event of the published language, in its current version. */
export const allEvents = [
  ...agencyEvents,
  ...standardEvents,
  ...specialistEvents,
  ...rateChangeEvents,
  ...billRateEvents,
  ...clientEvents,
  ...interactionEvents,
  ...satisfactionEvents,
  ...projectEvents,
  ...stageEvents,
  ...reviewEvents,
  ...invoiceEvents,
  ...timesheetEvents,
  ...timerEvents,
  ...periodEvents,
  ...importEvents,
  ...requestEvents,
  ...extraPaymentEvents,
  ...costMeasureEvents,
  ...businessFactsEvents,
  ...projectMetricsEvents,
  ...metricDefinitionEvents,
  ...roiEstimateEvents,
  ...subjectEvents,
] as const;
