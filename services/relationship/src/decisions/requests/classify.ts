import type { RequestScope } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import type { StageFacts } from '../surroundings.ts';
import type { Request } from './request.ts';

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
