import type { Behaviour } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import type { Request } from '../requests/request.ts';

export interface DecideBehaviour {
  readonly behaviour: Behaviour;
  readonly rationale: string;
  readonly decidedOn?: string | undefined;
}

export type DecideBehaviourRefusal =
  | 'agency-not-configured'
  | 'request-not-found'
  | 'request-completed'
  | 'before-request';

/** As often as one likes while the request is open; `advised` is kept beside what people decide. */
export const decideBehaviour = (
  { behaviour, rationale, decidedOn }: DecideBehaviour,
  { registered, completed }: Request,
  around: { readonly today: string | undefined; readonly advised: Behaviour | null },
): Decision<RequestEvent, DecideBehaviourRefusal> => {
  const on = decidedOn ?? around.today;
  if (registered === undefined) return refuse('request-not-found');
  if (on === undefined) return refuse('agency-not-configured');
  if (completed !== undefined) return refuse('request-completed', { completedOn: completed.completedOn });
  if (on < registered.askedOn) return refuse('before-request', { askedOn: registered.askedOn });
  const { requestId, clientId, projectId, stageId } = registered;
  const { advised } = around;
  return accept({
    type: 'BehaviourDecided',
    data: { requestId, clientId, projectId, stageId, behaviour, rationale, advised, decidedOn: on },
  });
};
