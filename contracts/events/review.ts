import { z } from 'zod';
import { derivedDate } from './derived-values.ts';
import { event } from './event.ts';
import { currency, date, id, month, name, serviceType } from './values.ts';

const minor = z.int();
const seconds = z.int().min(0);
const ratio = z
  .string()
  .regex(/^-?\d+\.\d{6}$/)
  .nullable();

/** A closed stage as a review judges it: what it brought and cost, beside its baseline with the agreed extra payments. */
export const closedStage = z.strictObject({
  stageId: id,
  projectId: id,
  clientId: id,
  name,
  serviceType: serviceType.nullable(),
  closedOn: date,
  /** The seconds worked under each manager, in the order in which they took over. */
  managers: z.array(z.strictObject({ managerId: id, seconds })).min(1),
  revenueMinor: minor,
  costMinor: minor,
  baselineRevenueMinor: minor,
  baselineCostMinor: minor,
  seconds,
  /** What was left out of the figures, counted. */
  uncostedSeconds: seconds,
  unapprovedSeconds: seconds,
  unpricedSeconds: seconds,
  unconvertedAmounts: z.array(z.strictObject({ minor, currency })),
  /** Whose cost rates stand behind the cost: with one, the cost tells that person's rate. */
  costedPeople: z.array(id),
  plannedRoles: z.int().min(0),
});
export type ClosedStage = z.infer<typeof closedStage>;

/** Statistics of the stages of a service type; of all stages where it is null. */
export const reviewStatistics = z.strictObject({
  serviceType: serviceType.nullable(),
  stages: z.int().min(0),
  weightedMargin: ratio,
  lowerQuartile: ratio,
  median: ratio,
  upperQuartile: ratio,
});
export type ReviewStatistics = z.infer<typeof reviewStatistics>;

/** The stages closed in a month, with their figures as they were known at `figuresAt`: what was reported, for ever. */
export const monthlyReviewFrozen = event('MonthlyReviewFrozen', 1, {
  month,
  currency,
  frozenOn: derivedDate,
  /** The log position that the figures hold for. */
  figuresAt: z.int().min(0),
  formulaVersion: z.string(),
  /** The tolerance by which managers were measured. */
  kpiTolerance: z.string(),
  stages: z.array(closedStage),
  /** All stages first, then each service type by its name. */
  statistics: z.array(reviewStatistics).min(1),
});

export const reviewEvents = [monthlyReviewFrozen] as const;
