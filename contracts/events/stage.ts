import { z } from 'zod';
import { event } from './event.ts';
import {
  date,
  externalRef,
  id,
  MAX_MINOR,
  money,
  name,
  note,
  plannedSeconds,
  ratePerHour,
  role,
  serviceType,
} from './values.ts';

/** A fixed fee in the agency's currency. */
export const billing = z.strictObject({ kind: z.literal('fixed'), fee: money });

export const plannedWork = z.strictObject({ role, seconds: plannedSeconds });

/** Planned work with the rate it was costed at: the mean of the role's people that day; `null` when none had one. */
export const costedWork = z.strictObject({ role, seconds: plannedSeconds, ratePerHour: ratePerHour.nullable() });

const stageIds = { stageId: id, projectId: id, clientId: id };

export const stagePlanned = event('StagePlanned', 1, {
  ...stageIds,
  name,
  serviceType: serviceType.nullable(),
  billing,
  plannedWork: z.array(costedWork).max(50),
  plannedExpenses: money,
  startsOn: date.nullable(),
  endsOn: date.nullable(),
  externalRef: externalRef.nullable(),
});

/** The plan as it stood at the start: the measure of the stage from then on. A role without a rate has `null`. */
export const baseline = z.strictObject({
  revenueMinor: z.int().min(0).max(MAX_MINOR),
  expensesMinor: z.int().min(0).max(MAX_MINOR),
  costMinor: z.int().min(0).max(MAX_MINOR),
  currency: z.string(),
  work: z.array(costedWork),
});
export type Baseline = z.infer<typeof baseline>;

export const stageStarted = event('StageStarted', 1, { ...stageIds, startedOn: date, baseline });

export const remainingEstimateRevised = event('RemainingEstimateRevised', 1, {
  ...stageIds,
  revisedOn: date,
  remainingWork: z.array(plannedWork).max(50),
  remainingExpenses: money,
});

export const stageClosed = event('StageClosed', 1, { ...stageIds, closedOn: date });
export const stageReopened = event('StageReopened', 1, { ...stageIds, reopenedOn: date });

export const expenseCategory = z.enum(['subcontractor', 'travel', 'licence', 'advertising', 'other']);

export const expenseRecorded = event('ExpenseRecorded', 1, {
  expenseId: id,
  ...stageIds,
  category: expenseCategory,
  amount: money,
  incurredOn: date,
  note: note.nullable(),
  externalRef: externalRef.nullable(),
});

export const stageEvents = [
  stagePlanned,
  stageStarted,
  remainingEstimateRevised,
  stageClosed,
  stageReopened,
  expenseRecorded,
] as const;
