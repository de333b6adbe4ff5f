import type { ChangedRate, CostBreakdown, RestatedMonth } from '../events/index.ts';

/** A cost rate that somebody states, or what it is made of. */
export interface StatedRate {
  readonly specialistId: string;
  readonly effectiveFrom: string;
  readonly ratePerHour?: string | undefined;
  readonly breakdown?: CostBreakdown | undefined;
}

/** Other parts of the breakdown, for everybody whom it concerns, from a date on. */
export interface RateAdjustment
  extends Partial<{ readonly [Part in keyof CostBreakdown]: CostBreakdown[Part] | undefined }> {
  readonly effectiveFrom: string;
  readonly specialistIds?: readonly string[] | undefined;
  readonly role?: string | undefined;
}

/** Which cost rates somebody would like to be others; stated ones win over adjusted ones of the same date. */
export interface RateChangeWish {
  readonly rates: readonly StatedRate[];
  readonly adjustments: readonly RateAdjustment[];
}

export interface PlannedRate extends ChangedRate {
  readonly name: string;
  /** The rate in force on that date as things are; null when there is none. */
  readonly rateBefore: string | null;
}

/** What a wish comes to. */
export interface RatePlan {
  readonly currency: string;
  readonly basis: 'capacity' | 'billable';
  /** By person and date. */
  readonly changes: readonly PlannedRate[];
  /** Rates that an adjustment should have changed, but that were stated without a breakdown. */
  readonly withoutBreakdown: readonly { readonly specialistId: string; readonly effectiveFrom: string }[];
}

export type RatePlanRefusal = 'agency-not-configured' | 'specialist-not-found' | 'no-sold-hour' | 'too-many-rates';

/** A change of cost rates that is to be recorded, whole. */
export interface RateChange {
  readonly rateChangeId: string;
  readonly currency: string;
  readonly basis: 'capacity' | 'billable';
  readonly changes: readonly ChangedRate[];
  readonly figuresAt: number;
  readonly restatements: readonly RestatedMonth[];
}

/** What the profitability service asks of the agency service to change cost rates; `Context` is that of a command. */
export interface RateChangeDesk<Snapshot, Context> {
  /** Names of the projections whose rows `plan` reads. */
  readonly projections: readonly string[];
  plan(
    snapshot: Snapshot,
    tenantId: string,
    rateChangeId: string,
    wish: RateChangeWish,
  ): Promise<RatePlan | RatePlanRefusal>;
  /** Records the change in one event; gives its position, or the code of a refusal. Once, however often it is asked. */
  apply(
    context: Context,
    change: RateChange,
    reason: string,
  ): Promise<{ readonly position: number } | { readonly refused: string }>;
  /** Whether the change was recorded. */
  isApplied(tenantId: string, rateChangeId: string): Promise<boolean>;
}
