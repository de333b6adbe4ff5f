import type { Project } from './project.ts';
import type { Stage } from './stage.ts';
import type { Request } from './surroundings.ts';

/** Where hours are to go, as the streams of stage, project and request know it; undefined where none was named. */
export interface Destination {
  readonly stage: Stage | undefined;
  readonly project: Project | undefined;
  readonly request: Request | undefined;
}

export type DestinationRefusal =
  | 'stage-not-found'
  | 'stage-not-started'
  | 'stage-closed'
  | 'project-not-found'
  | 'request-not-found';

export type Place = { readonly stageId: string | null; readonly projectId: string; readonly clientId: string };

/** The ids of a place that takes hours now. */
export const placeOf = ({ stage, project, request }: Destination, projectId?: string): Place | DestinationRefusal => {
  if (request !== undefined && request.data === undefined) return 'request-not-found';
  if (stage === undefined) {
    if (project?.opened === undefined || projectId === undefined) return 'project-not-found';
    return { stageId: null, projectId, clientId: project.opened.clientId };
  }
  if (stage.plan === undefined) return 'stage-not-found';
  if (stage.status === 'planned') return 'stage-not-started';
  if (stage.status === 'closed') return 'stage-closed';
  return { stageId: stage.plan.stageId, projectId: stage.plan.projectId, clientId: stage.plan.clientId };
};
