import type { TimeEntry } from '@headroom/contracts/events';
import type { Needs, ProjectedEvent, Rows } from '@headroom/projecting';
import {
  requestTimeTable,
  type StepDetail,
  type TimelineRow,
  timelineTable,
} from '../read-models/requests/timeline-tables.ts';

const POSITION_DIGITS = 16;

/** Puts an event on the timeline of a request; an event stands on it once, at its place in the log. */
export const putStep = (
  rows: Rows,
  requestId: string,
  event: TimelineRow['event'],
  { tenantId, position, recordedAt, meta }: ProjectedEvent,
  detail: StepDetail,
): void => {
  const at = String(position).padStart(POSITION_DIGITS, '0');
  const { actor, reason = null } = meta;
  rows.put(timelineTable, { tenantId, requestId, at, position, recordedAt, actor, reason, event, detail });
};

/** A time entry as the timeline tells it; it carries no cost. */
export const hoursOf = (entry: TimeEntry) => ({
  entryId: entry.entryId,
  specialistId: entry.specialistId,
  role: entry.role,
  stageId: entry.stageId,
  workDate: entry.workDate,
  seconds: entry.seconds,
  activity: entry.activity,
  billable: entry.billable,
  goodwill: entry.goodwill,
  requestId: entry.requestId,
  note: entry.note,
});

export const needTime = (needs: Needs, tenantId: string, requestId: string | null): void => {
  if (requestId !== null) needs.row(requestTimeTable, tenantId, requestId);
};

/** Adds seconds to what counts for a request, or takes them away. */
export const addTime = (rows: Rows, tenantId: string, requestId: string | null, seconds: number): void => {
  if (requestId === null) return;
  const row = rows.edit(requestTimeTable, tenantId, requestId);
  if (row === undefined) rows.put(requestTimeTable, { tenantId, requestId, seconds });
  else row.seconds += seconds;
};
