import type { LoyaltySettings } from '@headroom/contracts/events';
import type { CumulativeFigures, StageSummary } from '@headroom/contracts/questions';

/** A proposal that the client has answered. */
export interface AnsweredPayment {
  readonly extraPaymentId: string;
  readonly proposedMinor: number;
  /** 0 when it was declined. */
  readonly agreedMinor: number;
  readonly answeredOn: string;
}

/** An invoice on the day, amounts in the agency's currency. */
export interface OwedInvoice {
  readonly invoiceId: string;
  readonly dueOn: string;
  /** What has not been paid by the day. */
  readonly openMinor: number;
  /** Those made by the day. */
  readonly payments: readonly { readonly paidOn: string; readonly minor: number }[];
}

/** What the client has said of its satisfaction. */
export interface StatedSatisfaction {
  readonly satisfactionId: string;
  readonly score: number;
  readonly statedOn: string;
}

/** Everything the score of a client is computed from. Facts dated after `asOf` are not in it. */
export interface LoyaltyFacts {
  readonly asOf: string;
  readonly currency: string;
  readonly settings: LoyaltySettings;
  /** The agency's standard margin on the day; null when none has been approved. */
  readonly standardMargin: string | null;
  /** Clients of the agency on the day. */
  readonly clients: number;
  /** Since when the agency works for the client. */
  readonly since: string;
  /** What had been earned and spent: by the day, six months before it, twelve months before it. */
  readonly client: readonly [now: CumulativeFigures, sixMonthsAgo: CumulativeFigures, yearAgo: CumulativeFigures];
  readonly agency: readonly [now: CumulativeFigures, yearAgo: CumulativeFigures];
  readonly stages: readonly StageSummary[];
  /** Unplanned inbound contacts of the last three months, and the ids of some of them, the newest first. */
  readonly contacts: { readonly count: number; readonly newest: readonly string[] };
  /** The day of the first contact on record; null when there is none. */
  readonly firstContactOn: string | null;
  readonly answered: readonly AnsweredPayment[];
  /** Invoices issued by the day. */
  readonly invoices: readonly OwedInvoice[];
  /** Invoices left out for want of a rate of exchange. */
  readonly unconvertedInvoices: number;
  /** Disputes raised by the day, by either side. */
  readonly disputes: readonly { readonly disputeId: string; readonly disputedOn: string }[];
  /** The latest statement by the day; null when there is none. */
  readonly satisfaction: StatedSatisfaction | null;
}
