import { accept, type Decision, refuse } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import type { Request } from '../requests/request.ts';
import type { Specialist } from '../surroundings.ts';
import { linksOf, type NotPending, pendingDispute, type TeamTie } from './pending.ts';

export interface AssignArbiter {
  readonly disputeId: string;
  readonly arbiterId: string;
  readonly assignedOn?: string | undefined;
}

export type AssignArbiterRefusal =
  | NotPending
  | 'arbiter-not-found'
  | 'arbiter-left'
  | 'arbiter-on-team'
  | 'arbiter-already';

/** A specialist of the agency with no tie to the team; another one may take over until the ruling. */
export const decideAssignArbiter = (
  { disputeId, arbiterId, assignedOn }: AssignArbiter,
  request: Request,
  around: { readonly today: string | undefined; readonly arbiter: Specialist; readonly tie: TeamTie },
): Decision<RequestEvent, AssignArbiterRefusal> => {
  const { today, arbiter, tie } = around;
  const pending = pendingDispute(request, disputeId, assignedOn ?? today);
  if ('refused' in pending) return pending;
  const { dispute, on } = pending;
  if (!arbiter.added) return refuse('arbiter-not-found');
  if (arbiter.deactivatedOn !== undefined && arbiter.deactivatedOn < on) {
    return refuse('arbiter-left', { deactivatedOn: arbiter.deactivatedOn });
  }
  if (tie !== undefined) return refuse('arbiter-on-team', { because: tie });
  if (dispute.arbiter?.arbiterId === arbiterId) return refuse('arbiter-already');
  return accept({ type: 'ArbiterAssigned', data: { ...linksOf(dispute), arbiterId, assignedOn: on } });
};
