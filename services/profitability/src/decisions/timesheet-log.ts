import type { TimeEntry } from '@headroom/contracts/events';
import { accept, type Decision, monthOf, type Refused, refuse } from '@headroom/kernel';
import type { TimesheetEvent } from '../events/streams.ts';
import { type Destination, type DestinationRefusal, type Place, placeOf } from './destination.ts';
import type { Specialist } from './surroundings.ts';
import type { Timesheet } from './timesheet.ts';
import {
  overfull,
  overlapped,
  type Posting,
  type PostingRefusal,
  postedOnOf,
  startsOnItsDay,
  type TimeRules,
} from './timesheet-rules.ts';

export interface LogHours extends Posting {
  readonly entryId: string;
  readonly specialistId: string;
  readonly projectId?: string | undefined;
  readonly workDate: string;
  readonly seconds: number;
  readonly startedAt?: string | undefined;
  readonly activity: TimeEntry['activity'];
  readonly billable?: boolean | undefined;
  readonly goodwill: boolean;
  readonly requestId?: string | undefined;
  readonly note?: string | undefined;
  readonly externalRef?: string | undefined;
  readonly importId?: string | undefined;
  readonly timerId?: string | undefined;
}

/** Rules of a single entry against the others of its person. */
export type EntryRefusal = 'day-over-24-hours' | 'overlapping-entry' | 'started-on-other-day';
export type LogHoursRefusal =
  | DestinationRefusal
  | EntryRefusal
  | PostingRefusal
  | 'specialist-not-found'
  | 'specialist-deactivated';

export interface LogHoursSurroundings {
  readonly specialist: Specialist;
  readonly destination: Destination;
  readonly rules: TimeRules;
}

const entryOf = (command: LogHours, role: string, place: Place, postedOn: string | null): TimeEntry => ({
  entryId: command.entryId,
  specialistId: command.specialistId,
  role,
  ...place,
  workDate: command.workDate,
  seconds: command.seconds,
  startedAt: command.startedAt ?? null,
  activity: command.activity,
  billable: command.billable ?? !command.goodwill,
  goodwill: command.goodwill,
  requestId: command.requestId ?? null,
  note: command.note ?? null,
  externalRef: command.externalRef ?? null,
  importId: command.importId ?? null,
  timerId: command.timerId ?? null,
  postedOn,
});

/** The refusal of an entry that breaks a rule of the person's day; `freed` seconds of that day are its own. */
export const entryRefusal = (
  entry: TimeEntry,
  timesheet: Timesheet,
  rules: TimeRules,
  freed = 0,
): Refused<EntryRefusal> | undefined => {
  const { workDate, seconds, startedAt } = entry;
  if (!startsOnItsDay(startedAt, workDate, rules)) return refuse('started-on-other-day', { workDate });
  if (overfull(timesheet, workDate, seconds - freed)) {
    return refuse('day-over-24-hours', { loggedSeconds: (timesheet.secondsByDay.get(workDate) ?? 0) - freed });
  }
  const other = overlapped(entry, timesheet, rules);
  return other === undefined ? undefined : refuse('overlapping-entry', { overlaps: other });
};

export const decideLogHours = (
  command: LogHours,
  timesheet: Timesheet,
  { specialist, destination, rules }: LogHoursSurroundings,
): Decision<TimesheetEvent, LogHoursRefusal> => {
  if (specialist.data === undefined) return refuse('specialist-not-found');
  const { deactivatedOn } = specialist;
  if (deactivatedOn !== undefined && command.workDate > deactivatedOn) {
    return refuse('specialist-deactivated', { deactivatedOn });
  }
  const place = placeOf(destination, command.projectId);
  if (typeof place === 'string') return refuse(place);
  const posted = postedOnOf(command.workDate, command, rules);
  if ('refused' in posted) return refuse(posted.refused, { month: monthOf(command.workDate) });
  const entry = entryOf(command, specialist.data.role, place, posted.postedOn);
  return entryRefusal(entry, timesheet, rules) ?? accept({ type: 'HoursLogged', data: entry });
};
