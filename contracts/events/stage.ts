import { z } from 'zod';
import { positiveRatio } from './agency.ts';
import { event } from './event.ts';
import {
  activity,
  date,
  externalRef,
  id,
  MAX_MINOR,
  money,
  month,
  name,
  note,
  plannedSeconds,
  positiveMoney,
  ratePerHour,
  role,
  serviceType,
  unsignedMoney,
} from './values.ts';

/** How a stage is paid for: a price for the whole, its hours at their bill rates, or a fee each month. */
export const billing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), fee: money }),
  /** `cap`: the client pays no more than this, however many hours it takes. */
  z.strictObject({ kind: z.literal('time-and-materials'), cap: unsignedMoney.nullable() }),
  /** Both months are paid for. */
  z.strictObject({ kind: z.literal('retainer'), monthlyFee: unsignedMoney, fromMonth: month, toMonth: month }),
]);
export type Billing = z.infer<typeof billing>;

export const plannedWork = z.strictObject({ role, seconds: plannedSeconds });

/** Planned work with the rate it was costed at: the mean of the role's people that day; `null` when none had one. */
export const costedWork = z.strictObject({ role, seconds: plannedSeconds, ratePerHour: ratePerHour.nullable() });

/** The part of a role's planned hours that is meant for one kind of work. */
export const plannedActivity = z.strictObject({ role, activity, seconds: plannedSeconds });

const stageIds = { stageId: id, projectId: id, clientId: id };

/**
 * The second version knows other billing than a fixed fee, and what the plan is to bring; the third, what kinds of work
 * the hours of its roles are planned for.
 */
export const stagePlanned = event('StagePlanned', 3, {
  ...stageIds,
  name,
  serviceType: serviceType.nullable(),
  billing,
  /** In the agency's currency: the fee; planned seconds at the bill rates of their roles, capped; all the months. */
  plannedRevenue: money,
  plannedWork: z.array(costedWork).max(50),
  /** Each role and activity once; a role that is not in it is planned as a whole. */
  plannedActivities: z.array(plannedActivity).max(250),
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

/** The second version knows expenses that a closed month no longer took. */
export const expenseRecorded = event('ExpenseRecorded', 2, {
  expenseId: id,
  ...stageIds,
  category: expenseCategory,
  amount: money,
  incurredOn: date,
  /** The day of an open month on which the figures count an expense of a closed one; `null`: on its own day. */
  postedOn: date.nullable(),
  note: note.nullable(),
  externalRef: externalRef.nullable(),
});

/**
 * As if it had never been recorded. The second version knows expenses of a closed month, which keeps them: the figures
 * take such a one back on `postedOn`, a day of an open month.
 */
export const expenseVoided = event('ExpenseVoided', 2, { expenseId: id, ...stageIds, postedOn: date.nullable() });

/** Revenue that the agency gives up; the reason stands in the metadata. */
export const revenueWrittenOff = event('RevenueWrittenOff', 1, {
  writeOffId: id,
  ...stageIds,
  amount: positiveMoney,
  writtenOffOn: date,
});

/** The stage's own shares of the planned cost at which alerts are raised; null: the agency's. */
export const stageThresholdsSet = event('StageThresholdsSet', 1, {
  ...stageIds,
  thresholds: z.array(positiveRatio).max(10).nullable(),
});

export const alertAcknowledged = event('AlertAcknowledged', 1, {
  alertId: id,
  ...stageIds,
  threshold: positiveRatio,
  note: note.nullable(),
});

export const stageEvents = [
  stagePlanned,
  stageStarted,
  remainingEstimateRevised,
  stageClosed,
  stageReopened,
  expenseRecorded,
  expenseVoided,
  revenueWrittenOff,
  stageThresholdsSet,
  alertAcknowledged,
] as const;
