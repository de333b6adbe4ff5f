import type { Channel, Side } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import type { Request } from '../requests/request.ts';
import { openDispute } from './dispute.ts';

export interface RaiseDispute {
  readonly disputeId: string;
  readonly side: Side;
  readonly raisedBy: string;
  readonly channel: Channel;
  readonly disputedOn?: string | undefined;
  readonly words: string;
  /** The key of the client portal, when the client raises it there. */
  readonly portalKey?: string | undefined;
}

export type RaiseDisputeRefusal =
  | 'agency-not-configured'
  | 'request-not-found'
  | 'dispute-open'
  | 'dispute-exists'
  | 'before-request';

/** About a request, completed or not, that has no open dispute. */
export const decideRaise = (
  { disputeId, side, raisedBy, channel, disputedOn, words, portalKey }: RaiseDispute,
  { registered, disputes }: Request,
  today: string | undefined,
): Decision<RequestEvent, RaiseDisputeRefusal> => {
  const on = disputedOn ?? today;
  if (registered === undefined) return refuse('request-not-found');
  if (on === undefined) return refuse('agency-not-configured');
  if (disputes.has(disputeId)) return refuse('dispute-exists');
  const open = openDispute(disputes);
  if (open !== undefined) return refuse('dispute-open', { disputeId: open.raised.disputeId });
  if (on < registered.askedOn) return refuse('before-request', { askedOn: registered.askedOn });
  const { requestId, clientId, projectId, stageId } = registered;
  const links = { disputeId, requestId, clientId, projectId, stageId };
  const said = { side, raisedBy, channel, disputedOn: on, words, portalKey: portalKey ?? null };
  return accept({ type: 'RequestDisputed', data: { ...links, ...said } });
};
