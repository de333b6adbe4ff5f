import { z } from 'zod';
import { costBasis } from './agency.ts';
import { event } from './event.ts';
import { costBreakdown } from './specialist.ts';
import { currency, date, id, month, ratePerHour } from './values.ts';

/** Cost rates of several people are set at once, so that no figure ever shows a part of them. */
export const MOST_CHANGED_RATES = 2_000;

const changedRate = z.strictObject({
  rateId: id,
  specialistId: id,
  effectiveFrom: date,
  ratePerHour,
  breakdown: costBreakdown.nullable(),
});
export type ChangedRate = z.infer<typeof changedRate>;

const monthFigures = z.strictObject({ revenueMinor: z.int(), costMinor: z.int() });

/** What a closed month's figures were before the change, and what they are with it. */
const restatedMonth = z.strictObject({
  month,
  before: monthFigures,
  after: monthFigures,
  /** Seconds of the month that were priced anew. */
  seconds: z.int(),
});
export type RestatedMonth = z.infer<typeof restatedMonth>;

/** Each rate supersedes one of the same person and date. The reason is with the event. */
export const rateChangeApplied = event('RateChangeApplied', 1, {
  rateChangeId: id,
  currency,
  basis: costBasis,
  changes: z.array(changedRate).min(1).max(MOST_CHANGED_RATES),
  /** The log position that `before` of the restatements holds for. */
  figuresAt: z.int().min(0),
  /** The closed months whose figures move: what was reported stays, this stands beside it. By month. */
  restatements: z.array(restatedMonth),
});

export const rateChangeEvents = [rateChangeApplied] as const;
