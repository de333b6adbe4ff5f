import type { EventData, extraPaymentProposed, Money } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
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

export interface ProposeExtraPayment {
  readonly extraPaymentId: string;
  readonly stageId: string;
  readonly requestId?: string | undefined;
  readonly amount: Money;
  readonly estimatedCost?: Money | undefined;
  readonly proposedOn?: string | undefined;
  readonly evidence: Proposal['evidence'];
}

export type ProposeExtraPaymentRefusal =
  | 'agency-not-configured'
  | 'stage-not-found'
  | 'request-not-found'
  | 'request-of-another-project'
  | 'currency-mismatch'
  | 'extra-payment-exists';

/** In the currency of the stage's fee; for a request of the same project, if for one. */
export const decidePropose = (
  { extraPaymentId, stageId, requestId, amount, estimatedCost, proposedOn, evidence }: ProposeExtraPayment,
  payment: ExtraPayment,
  around: {
    readonly today: string | undefined;
    readonly stage: StageFacts | undefined;
    readonly request: Request['registered'];
  },
): Decision<ExtraPaymentEvent, ProposeExtraPaymentRefusal> => {
  const { today, stage, request } = around;
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
      evidence,
    },
  });
};
