import type { Channel } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import type { ProjectFacts, StageFacts } from '../surroundings.ts';
import type { Request } from './request.ts';

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
