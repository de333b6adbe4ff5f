import type { ResponseOf } from '@headroom/contracts/rest';
import type { getRequestTimeline } from '@headroom/contracts/rest/relationship';
import { table } from '@headroom/projecting';

type Step = ResponseOf<typeof getRequestTimeline>['items'][number];

/** What happened, in the shape in which it is told. */
export type StepDetail = Omit<Step, 'position' | 'recordedAt' | 'actor' | 'reason' | 'event'>;

/** Something that touched a request. */
export interface TimelineRow {
  readonly tenantId: string;
  readonly requestId: string;
  /** The position in the log, with leading zeros: the order of the timeline. */
  readonly at: string;
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly event: Step['event'];
  readonly detail: StepDetail;
}

export const timelineTable = table<TimelineRow>('request_timeline', {
  columns: {
    tenantId: 'text',
    requestId: 'text',
    at: 'text',
    position: 'integer',
    recordedAt: 'instant',
    actor: 'text',
    reason: { type: 'text', nullable: true, personal: true },
    event: 'text',
    detail: { type: 'json', personal: true },
  },
  key: ['tenantId', 'requestId', 'at'],
});

/** Seconds that count for a request now. */
export interface RequestTimeRow {
  readonly tenantId: string;
  readonly requestId: string;
  seconds: number;
}

export const requestTimeTable = table<RequestTimeRow>('request_time', {
  columns: { tenantId: 'text', requestId: 'text', seconds: 'integer' },
  key: ['tenantId', 'requestId'],
});
