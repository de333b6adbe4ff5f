import { type Refused, refuse } from '@headroom/kernel';
import type { Request } from '../requests/request.ts';
import type { Dispute } from './dispute.ts';

export type NotPending =
  | 'agency-not-configured'
  | 'request-not-found'
  | 'dispute-not-found'
  | 'dispute-ruled'
  | 'before-dispute';

/** How somebody belongs to the team that a dispute is about; undefined: not at all. */
export type TeamTie = 'manager' | 'hours' | 'decision' | undefined;

/** A dispute that awaits its ruling, and the day on which something is done about it. */
export const pendingDispute = (
  { registered, disputes }: Request,
  disputeId: string,
  on: string | undefined,
): { readonly dispute: Dispute; readonly on: string } | Refused<NotPending> => {
  const dispute = disputes.get(disputeId);
  if (registered === undefined) return refuse('request-not-found');
  if (dispute === undefined) return refuse('dispute-not-found');
  if (dispute.ruling !== undefined) return refuse('dispute-ruled', { ruledOn: dispute.ruling.ruledOn });
  if (on === undefined) return refuse('agency-not-configured');
  const { disputedOn } = dispute.raised;
  if (on < disputedOn) return refuse('before-dispute', { disputedOn });
  return { dispute, on };
};

/** What all later events of a dispute say of where it belongs. */
export const linksOf = ({ raised: { disputeId, requestId, clientId, projectId, stageId } }: Dispute) => ({
  disputeId,
  requestId,
  clientId,
  projectId,
  stageId,
});
