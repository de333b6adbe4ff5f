import type { EventData, extraPaymentProposed, Money } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, type Refused, refuse } from '@headroom/kernel';
import type { ExtraPaymentEvent } from '../../events/streams.ts';
import type { Request } from '../requests/request.ts';
import type { StageFacts } from '../surroundings.ts';

export type Proposal = EventData<typeof extraPaymentProposed>['ExtraPaymentProposed'];

export interface ExtraPayment {
  proposal: Proposal | undefined;
  answer: 'agreed' | 'declined' | 'withdrawn' | undefined;
}

export const extraPaymentEvolution: Evolution<ExtraPayment, ExtraPaymentEvent> = {
  initial: () => ({ proposal: undefined, answer: undefined }),
  evolve: (payment, { type, data }) => {
    switch (type) {
      case 'ExtraPaymentProposed':
        payment.proposal = data;
        return payment;
      case 'ExtraPaymentAgreed':
        payment.answer = 'agreed';
        return payment;
      case 'ExtraPaymentDeclined':
        payment.answer = 'declined';
        return payment;
      case 'ExtraPaymentWithdrawn':
        payment.answer = 'withdrawn';
        return payment;
    }
  },
};

/** Evidence as it is named, before it was looked at. */
export type NamedEvidence = Omit<Proposal['evidence'][number], 'shown'>;

/** What a piece of evidence says; `missing` when there is no such thing. */
export type SeenEvidence = Proposal['evidence'][number]['shown'] | 'missing';

export interface ProposeExtraPayment {
  readonly extraPaymentId: string;
  readonly stageId: string;
  readonly requestId?: string | undefined;
  readonly amount: Money;
  readonly estimatedCost?: Money | undefined;
  readonly proposedOn?: string | undefined;
  readonly evidence: readonly NamedEvidence[];
}

export type ProposeExtraPaymentRefusal =
  | 'agency-not-configured'
  | 'stage-not-found'
  | 'request-not-found'
  | 'request-of-another-project'
  | 'currency-mismatch'
  | 'extra-payment-exists'
  | 'evidence-not-found'
  | 'evidence-of-another-stage';

/** Evidence with what it says, when all of it is there and none of it belongs to another stage. */
const shownAs = (
  evidence: readonly NamedEvidence[],
  seen: readonly SeenEvidence[],
  stageId: string,
): Proposal['evidence'] | Refused<'evidence-not-found' | 'evidence-of-another-stage'> => {
  const shown: Proposal['evidence'] = [];
  for (const [n, { kind, ref, note }] of evidence.entries()) {
    const said = seen[n] ?? null;
    if (said === 'missing') return refuse('evidence-not-found', { kind, ref });
    if (said !== null && said.stageId !== null && said.stageId !== stageId) {
      return refuse('evidence-of-another-stage', { kind, ref, stageId: said.stageId });
    }
    shown.push({ kind, ref, note, shown: said });
  }
  return shown;
};

/** In the currency of the stage's fee; for a request of the same project, if for one. */
export const decidePropose = (
  { extraPaymentId, stageId, requestId, amount, estimatedCost, proposedOn, evidence }: ProposeExtraPayment,
  payment: ExtraPayment,
  around: {
    readonly today: string | undefined;
    readonly stage: StageFacts | undefined;
    readonly request: Request['registered'];
    /** In the order of the evidence. */
    readonly seen: readonly SeenEvidence[];
  },
): Decision<ExtraPaymentEvent, ProposeExtraPaymentRefusal> => {
  const { today, stage, request, seen } = around;
  const on = proposedOn ?? today;
  if (on === undefined) return refuse('agency-not-configured');
  if (stage === undefined) return refuse('stage-not-found');
  if (requestId !== undefined && request === undefined) return refuse('request-not-found');
  if (request !== undefined && request.projectId !== stage.projectId) return refuse('request-of-another-project');
  const { projectId, clientId, currency } = stage;
  if (amount.currency !== currency || (estimatedCost ?? amount).currency !== currency) {
    return refuse('currency-mismatch', { currency });
  }
  if (payment.proposal !== undefined) return refuse('extra-payment-exists');
  const shown = shownAs(evidence, seen, stageId);
  if ('refused' in shown) return shown;
  return accept({
    type: 'ExtraPaymentProposed',
    data: {
      extraPaymentId,
      requestId: requestId ?? null,
      stageId,
      projectId,
      clientId,
      amount,
      estimatedCost: estimatedCost ?? { minor: 0, currency },
      proposedOn: on,
      evidence: shown,
    },
  });
};
