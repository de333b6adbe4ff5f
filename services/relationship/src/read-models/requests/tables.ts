import type { Behaviour, Channel, RequestResult, RequestScope } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

export interface Classification {
  readonly scope: RequestScope;
  readonly rationale: string;
  readonly contractClause: string | null;
  readonly stageId: string | null;
  readonly classifiedOn: string;
}

export interface DecidedBehaviour {
  readonly behaviour: Behaviour;
  readonly rationale: string;
  readonly advised: Behaviour | null;
  readonly decidedOn: string;
}

export interface RequestRow {
  readonly tenantId: string;
  readonly requestId: string;
  readonly clientId: string;
  readonly projectId: string;
  /** The stage as registered; a classification may say another. */
  readonly stageId: string | null;
  readonly askedBy: string;
  readonly channel: Channel;
  readonly askedAt: string;
  readonly askedOn: string;
  readonly words: string;
  /** In log order. */
  classifications: Classification[];
  /** Of the newest classification; `null`: none yet. */
  scope: RequestScope | null;
  /** The stage that it is held to concern now. */
  heldStageId: string | null;
  /** In log order. */
  behaviours: DecidedBehaviour[];
  /** Of the newest decision; `null`: none yet. */
  behaviour: Behaviour | null;
  result: RequestResult | null;
  completedOn: string | null;
  /** Whether a dispute awaits its ruling. */
  disputed: boolean;
}

export const requestTable = table<RequestRow>('request', {
  columns: {
    tenantId: 'text',
    requestId: 'text',
    clientId: 'text',
    projectId: 'text',
    stageId: { type: 'text', nullable: true },
    askedBy: { type: 'text', personal: true },
    channel: 'text',
    askedAt: 'instant',
    askedOn: 'date',
    words: { type: 'text', personal: true },
    classifications: 'json',
    scope: { type: 'text', nullable: true },
    heldStageId: { type: 'text', nullable: true },
    behaviours: 'json',
    behaviour: { type: 'text', nullable: true },
    result: { type: 'text', nullable: true },
    completedOn: { type: 'date', nullable: true },
    disputed: 'boolean',
  },
  key: ['tenantId', 'requestId'],
  lookups: { byProject: ['tenantId', 'projectId'], byClient: ['tenantId', 'clientId'] },
});
