import type { Channel, EventData, extraPaymentAgreed, Money } from '@headroom/contracts/events';
import { accept, type Decision, type Refused, refuse } from '@headroom/kernel';
import type { ExtraPaymentEvent } from '../../events/streams.ts';
import type { ExtraPayment, Proposal } from './extra-payment.ts';

type Unanswerable =
  | 'agency-not-configured'
  | 'extra-payment-not-found'
  | 'already-agreed'
  | 'already-declined'
  | 'already-withdrawn'
  | 'before-proposal';

/** The proposal and the day of the answer, when there is something to answer. */
const answerable = (
  { proposal, answer }: ExtraPayment,
  on: string | undefined,
): { readonly proposal: Proposal; readonly on: string } | Refused<Unanswerable> => {
  if (proposal === undefined) return refuse('extra-payment-not-found');
  if (answer !== undefined) return refuse(`already-${answer}`);
  if (on === undefined) return refuse('agency-not-configured');
  if (on < proposal.proposedOn) return refuse('before-proposal', { proposedOn: proposal.proposedOn });
  return { proposal, on };
};

const linksOf = ({ extraPaymentId, requestId, stageId, projectId, clientId }: Proposal) => ({
  extraPaymentId,
  requestId,
  stageId,
  projectId,
  clientId,
});

type Agreed = EventData<typeof extraPaymentAgreed>['ExtraPaymentAgreed'];

export interface AgreeExtraPayment {
  readonly agreedBy: string;
  readonly channel: Channel;
  readonly amount?: Money | undefined;
  readonly agreedOn?: string | undefined;
  readonly agreedAt?: string | undefined;
  readonly attachment?: Agreed['attachment'] | undefined;
  readonly evidence: Agreed['evidence'];
  /** The key of the client portal, when the client agrees there. */
  readonly portalKey?: string | undefined;
}

/** The client agrees to what was proposed, or to less of it. */
export const decideAgree = (
  { agreedBy, channel, amount, agreedOn, agreedAt, attachment, evidence, portalKey }: AgreeExtraPayment,
  payment: ExtraPayment,
  /** The agency’s days, now and at the instant of the agreement. */
  { today, dayAgreed }: { readonly today: string | undefined; readonly dayAgreed?: string | undefined },
): Decision<ExtraPaymentEvent, Unanswerable | 'currency-mismatch' | 'above-proposal' | 'date-mismatch'> => {
  const found = answerable(payment, agreedOn ?? dayAgreed ?? today);
  if ('refused' in found) return found;
  const { proposal, on } = found;
  if (dayAgreed !== undefined && dayAgreed !== on) return refuse('date-mismatch', { dayOfInstant: dayAgreed });
  const agreed = amount ?? proposal.amount;
  const { currency, minor } = proposal.amount;
  if (agreed.currency !== currency) return refuse('currency-mismatch', { currency });
  if (agreed.minor > minor) return refuse('above-proposal', { proposedMinor: minor, currency });
  return accept({
    type: 'ExtraPaymentAgreed',
    data: {
      ...linksOf(proposal),
      amount: agreed,
      estimatedCost: proposal.estimatedCost,
      agreedOn: on,
      agreedBy,
      channel,
      evidence,
      agreedAt: agreedAt ?? null,
      attachment: attachment ?? null,
      portalKey: portalKey ?? null,
      disputeId: null,
    },
  });
};

export interface DeclineExtraPayment {
  readonly declinedBy: string;
  readonly declinedOn?: string | undefined;
  readonly words?: string | undefined;
}

export const decideDecline = (
  { declinedBy, declinedOn, words }: DeclineExtraPayment,
  payment: ExtraPayment,
  today: string | undefined,
): Decision<ExtraPaymentEvent, Unanswerable> => {
  const found = answerable(payment, declinedOn ?? today);
  if ('refused' in found) return found;
  const { proposal, on } = found;
  return accept({
    type: 'ExtraPaymentDeclined',
    data: { ...linksOf(proposal), amount: proposal.amount, declinedOn: on, declinedBy, words: words ?? null },
  });
};

/** The agency takes back what the client has not answered. */
export const decideWithdraw = (
  { withdrawnOn }: { readonly withdrawnOn?: string | undefined },
  payment: ExtraPayment,
  today: string | undefined,
): Decision<ExtraPaymentEvent, Unanswerable> => {
  const found = answerable(payment, withdrawnOn ?? today);
  if ('refused' in found) return found;
  const { proposal, on } = found;
  return accept({
    type: 'ExtraPaymentWithdrawn',
    data: { ...linksOf(proposal), amount: proposal.amount, withdrawnOn: on },
  });
};
