import type { Money } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import type { ExtraPaymentEvent } from '../../events/streams.ts';
import type { StageFacts } from '../surroundings.ts';
import type { ExtraPayment } from './extra-payment.ts';

/** An extra payment that a ruling makes due. */
export interface ImposeExtraPayment {
  readonly extraPaymentId: string;
  readonly disputeId: string;
  readonly requestId: string;
  readonly projectId: string;
  readonly stageId: string;
  readonly amount: Money;
  readonly estimatedCost: Money;
  readonly arbiterId: string;
  readonly ruledOn: string;
}

export type ImposeRefusal =
  | 'stage-not-found'
  | 'stage-of-another-project'
  | 'currency-mismatch'
  | 'extra-payment-exists';

/** Proposed and agreed at once, by the arbiter in the client's stead. */
export const decideImpose = (
  command: ImposeExtraPayment,
  payment: ExtraPayment,
  stage: StageFacts | undefined,
): Decision<ExtraPaymentEvent, ImposeRefusal> => {
  const { extraPaymentId, disputeId, requestId, stageId, amount, estimatedCost, arbiterId, ruledOn } = command;
  if (stage === undefined) return refuse('stage-not-found');
  const { projectId, clientId, currency } = stage;
  if (projectId !== command.projectId) return refuse('stage-of-another-project');
  if (amount.currency !== currency || estimatedCost.currency !== currency) {
    return refuse('currency-mismatch', { currency });
  }
  if (payment.proposal !== undefined) return refuse('extra-payment-exists');
  const said = { extraPaymentId, requestId, stageId, projectId, clientId, amount, estimatedCost, evidence: [] };
  const agreed = { agreedOn: ruledOn, agreedBy: arbiterId, channel: 'other' as const, agreedAt: null };
  return accept(
    { type: 'ExtraPaymentProposed', data: { ...said, proposedOn: ruledOn } },
    { type: 'ExtraPaymentAgreed', data: { ...said, ...agreed, attachment: null, portalKey: null, disputeId } },
  );
};
