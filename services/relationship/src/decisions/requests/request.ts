import type { Behaviour, RequestResult, RequestScope } from '@headroom/contracts/events';
import type { Evolution } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import { type Disputes, evolveDisputes } from '../disputes/dispute.ts';

export interface Request {
  registered:
    | {
        readonly requestId: string;
        readonly clientId: string;
        readonly projectId: string;
        readonly stageId: string | null;
        readonly askedOn: string;
      }
    | undefined;
  /** Of the newest classification. */
  scope: RequestScope | undefined;
  /** Of the newest decision. */
  behaviour: Behaviour | undefined;
  completed: { readonly result: RequestResult; readonly completedOn: string } | undefined;
  readonly disputes: Disputes;
}

export const requestEvolution: Evolution<Request, RequestEvent> = {
  initial: () => ({
    registered: undefined,
    scope: undefined,
    behaviour: undefined,
    completed: undefined,
    disputes: new Map(),
  }),
  evolve: (request, event) => {
    const { type, data } = event;
    switch (type) {
      case 'ClientRequestRegistered':
        request.registered = data;
        return request;
      case 'RequestClassified':
        request.scope = data.scope;
        if (request.registered !== undefined) request.registered = { ...request.registered, stageId: data.stageId };
        return request;
      case 'BehaviourDecided':
        request.behaviour = data.behaviour;
        return request;
      case 'RequestCompleted':
        request.completed = data;
        return request;
      case 'RequestDisputed':
      case 'ArbiterAssigned':
      case 'DisputeRuled':
      case 'RulingAdjustmentSettled':
        evolveDisputes(request.disputes, event);
        return request;
    }
  },
};
