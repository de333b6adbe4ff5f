import type { StageForecast, WorkItem } from '@headroom/contracts/questions';

/** Something that the client asked for outside what was agreed, and what went into it. */
export interface OpenRequest {
  readonly requestId: string;
  readonly askedOn: string;
  readonly words: string;
  readonly seconds: number;
  /** Null when some of the work has no cost rate. */
  readonly costMinor: number | null;
}

export interface PendingProposal {
  readonly extraPaymentId: string;
  readonly amountMinor: number;
  readonly proposedOn: string;
}

/** Everything the advice is made of. Amounts in minor units of the agency's currency. */
export interface AdviceFacts {
  readonly stage: StageForecast;
  readonly currency: string;
  /** Unplanned work and expenses that no agreed extra payment has paid for, the dearest first. */
  readonly unplanned: readonly WorkItem[];
  /** Requests out of scope that no agreed extra payment has paid for, the oldest first. */
  readonly requests: readonly OpenRequest[];
  readonly pending: readonly PendingProposal[];
  /** The client's profit of the last twelve months; may be below 0. */
  readonly yearProfitMinor: number;
  /** The amount that the caller thinks of. */
  readonly wantedMinor?: number | undefined;
}
