import type { RequestResult } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import { openDispute } from '../disputes/dispute.ts';
import type { Request } from './request.ts';

export interface CompleteRequest {
  readonly result: RequestResult;
  readonly completedOn?: string | undefined;
  readonly note?: string | undefined;
}

export type CompleteRequestRefusal =
  | 'agency-not-configured'
  | 'request-not-found'
  | 'request-completed'
  | 'dispute-open'
  | 'before-request';

/** Once, and not while somebody disputes it. `today` is undefined as long as the agency has no time zone. */
export const decideComplete = (
  { result, completedOn, note }: CompleteRequest,
  { registered, completed, disputes }: Request,
  today: string | undefined,
): Decision<RequestEvent, CompleteRequestRefusal> => {
  const on = completedOn ?? today;
  if (registered === undefined) return refuse('request-not-found');
  if (on === undefined) return refuse('agency-not-configured');
  if (completed !== undefined) return refuse('request-completed', { completedOn: completed.completedOn });
  const open = openDispute(disputes);
  if (open !== undefined) return refuse('dispute-open', { disputeId: open.raised.disputeId });
  if (on < registered.askedOn) return refuse('before-request', { askedOn: registered.askedOn });
  const { requestId, clientId, projectId, stageId } = registered;
  return accept({
    type: 'RequestCompleted',
    data: { requestId, clientId, projectId, stageId, result, completedOn: on, note: note ?? null },
  });
};
