import type { Channel, RequestScope } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { RequestEvent } from '../events/streams.ts';
import type { ProjectFacts, StageFacts } from './surroundings.ts';

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
}

export const requestEvolution: Evolution<Request, RequestEvent> = {
  initial: () => ({ registered: undefined }),
  evolve: (request, { type, data }) => {
    switch (type) {
      case 'ClientRequestRegistered':
        request.registered = data;
        return request;
      case 'RequestClassified':
        if (request.registered !== undefined) request.registered = { ...request.registered, stageId: data.stageId };
        return request;
    }
  },
};

export interface RegisterClientRequest {
  readonly requestId: string;
  readonly projectId: string;
  readonly stageId?: string | undefined;
  readonly askedBy: string;
  readonly channel: Channel;
  readonly askedAt: string;
  readonly words: string;
}

export type RegisterClientRequestRefusal =
  | 'agency-not-configured'
  | 'project-not-found'
  | 'stage-not-found'
  | 'stage-of-another-project'
  | 'request-exists';

/** The client is the project's. `askedOn` is the agency's day of the request. */
export const decideRegisterRequest = (
  { requestId, projectId, stageId, askedBy, channel, askedAt, words }: RegisterClientRequest,
  request: Request,
  around: {
    readonly askedOn: string | undefined;
    readonly project: ProjectFacts | undefined;
    readonly stage: StageFacts | undefined;
  },
): Decision<RequestEvent, RegisterClientRequestRefusal> => {
  const { askedOn, project, stage } = around;
  if (askedOn === undefined) return refuse('agency-not-configured');
  if (project === undefined) return refuse('project-not-found');
  if (stageId !== undefined && stage === undefined) return refuse('stage-not-found');
  if (stage !== undefined && stage.projectId !== projectId) return refuse('stage-of-another-project');
  if (request.registered !== undefined) return refuse('request-exists');
  const links = { requestId, clientId: project.clientId, projectId, stageId: stageId ?? null };
  return accept({ type: 'ClientRequestRegistered', data: { ...links, askedBy, channel, askedAt, askedOn, words } });
};

export interface ClassifyRequest {
  readonly scope: RequestScope;
  readonly rationale: string;
  readonly contractClause?: string | undefined;
  readonly stageId?: string | undefined;
  readonly classifiedOn?: string | undefined;
}

export type ClassifyRequestRefusal =
  | 'agency-not-configured'
  | 'request-not-found'
  | 'stage-not-found'
  | 'stage-of-another-project'
  | 'before-request';

/** A request may be classified again and again; a stage that is named replaces the one it was held to concern. */
export const decideClassify = (
  { scope, rationale, contractClause, stageId, classifiedOn }: ClassifyRequest,
  { registered }: Request,
  around: { readonly today: string | undefined; readonly stage: StageFacts | undefined },
): Decision<RequestEvent, ClassifyRequestRefusal> => {
  const { today, stage } = around;
  const on = classifiedOn ?? today;
  if (registered === undefined) return refuse('request-not-found');
  if (on === undefined) return refuse('agency-not-configured');
  if (stageId !== undefined && stage === undefined) return refuse('stage-not-found');
  if (stage !== undefined && stage.projectId !== registered.projectId) return refuse('stage-of-another-project');
  if (on < registered.askedOn) return refuse('before-request', { askedOn: registered.askedOn });
  const { requestId, clientId, projectId } = registered;
  return accept({
    type: 'RequestClassified',
    data: {
      requestId,
      clientId,
      projectId,
      stageId: stageId ?? registered.stageId,
      scope,
      rationale,
      contractClause: contractClause ?? null,
      classifiedOn: on,
    },
  });
};
