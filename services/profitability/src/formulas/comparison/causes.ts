/** Why a figure moved. */
export type Cause =
  | 'hours'
  | 'late-hours'
  | 'corrections'
  | 'voids'
  | 'approvals'
  | 'cost-rates'
  | 'bill-rates'
  | 'exchange-rates'
  | 'extra-payments'
  | 'write-offs'
  | 'expenses'
  | 'estimates'
  | 'reopened-stages'
  | 'stage-life'
  | 'handovers'
  | 'standards'
  | 'settings'
  | 'invoices'
  | 'payments'
  | 'passing-time'
  | 'not-examined'
  | 'other';

/** What an event did to a figure; amounts in minor units. */
export interface Change {
  readonly cause: Cause;
  readonly minor: number;
  /** The stage that moved; null when several did. */
  readonly stageId: string | null;
  /** The day from which it counts; null where the event itself is what is compared. */
  readonly on: string | null;
  /** Of the event responsible; null where time alone did it. */
  readonly position: number | null;
}

const byType: Readonly<Record<string, Cause>> = {
  HoursLogged: 'hours',
  HoursCorrected: 'corrections',
  HoursAdjusted: 'corrections',
  HoursVoided: 'voids',
  HoursSubmitted: 'approvals',
  HoursApproved: 'approvals',
  HoursRejected: 'approvals',
  CostRateSet: 'cost-rates',
  RateChangeApplied: 'cost-rates',
  BillRateSet: 'bill-rates',
  ExchangeRateSet: 'exchange-rates',
  ExtraPaymentAgreed: 'extra-payments',
  RevenueWrittenOff: 'write-offs',
  ExpenseRecorded: 'expenses',
  ExpenseVoided: 'voids',
  RemainingEstimateRevised: 'estimates',
  StageReopened: 'reopened-stages',
  StagePlanned: 'stage-life',
  StageStarted: 'stage-life',
  StageClosed: 'stage-life',
  ManagerReplaced: 'handovers',
  StandardApproved: 'standards',
  AgencyConfigured: 'settings',
  InvoiceIssued: 'invoices',
  PaymentRecorded: 'payments',
  InvoiceVoided: 'voids',
  PaymentVoided: 'voids',
};

/** The cause that an event of a type is; hours are `late` when they came after their stage or month was closed. */
export const causeOf = (type: string, late: boolean): Cause =>
  type === 'HoursLogged' && late ? 'late-hours' : (byType[type] ?? 'other');

/** Changes by cause, the greatest first; they add up to what all changes do. */
export const summed = (changes: readonly Change[]) =>
  [...Map.groupBy(changes, ({ cause }) => cause)]
    .map(([cause, list]) => ({
      cause,
      minor: list.reduce((total, { minor }) => total + minor, 0),
      changes: list.length,
    }))
    .sort((one, other) => Math.abs(other.minor) - Math.abs(one.minor) || (one.cause < other.cause ? -1 : 1));

/** The greatest change first; of equal ones the earlier event. */
export const byWeight = (one: Change, other: Change): number =>
  Math.abs(other.minor) - Math.abs(one.minor) ||
  (one.position ?? 0) - (other.position ?? 0) ||
  ((one.on ?? '') < (other.on ?? '') ? -1 : 1);
