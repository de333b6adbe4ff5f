import type { RulingAdjustment } from '@headroom/contracts/events';
import { accept, type Decision } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import type { Request } from '../requests/request.ts';
import { linksOf } from './pending.ts';

const refOf = (adjustment: RulingAdjustment): string =>
  adjustment.kind === 'goodwill' ? adjustment.entryId : adjustment.adjustmentId;

/** Takes down what became of an adjustment that was ordered: posted, or refused with a code. Once. */
export const decideSettle = (
  { disputes }: Request,
  { disputeId, adjustment }: { readonly disputeId: string; readonly adjustment: RulingAdjustment },
  refusedWith: string | undefined,
): Decision<RequestEvent, never> => {
  const { adjustmentId, kind } = adjustment;
  const dispute = disputes.get(disputeId);
  if (dispute?.ruling === undefined) throw new Error(`an adjustment of the dispute ${disputeId} that was not ruled on`);
  if (dispute.settled.has(adjustmentId)) return accept();
  return accept({
    type: 'RulingAdjustmentSettled',
    data: {
      ...linksOf(dispute),
      adjustmentId,
      kind,
      outcome: refusedWith === undefined ? 'posted' : 'refused',
      ref: refOf(adjustment),
      refusedWith: refusedWith ?? null,
    },
  });
};
