import type { TimeEntry } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { TimesheetEvent } from '../events/streams.ts';
import type { Project } from './project.ts';
import type { Stage } from './stage.ts';
import type { Request, Specialist } from './surroundings.ts';

const SECONDS_A_DAY = 86_400;

/** One specialist's hours of one month: the keeper of the rule that a day has 24 hours. */
export interface Timesheet {
  readonly entries: Map<string, TimeEntry | 'voided'>;
  readonly secondsByDay: Map<string, number>;
}

const addToDay = ({ secondsByDay }: Timesheet, { workDate, seconds }: TimeEntry, sign: 1 | -1) =>
  secondsByDay.set(workDate, (secondsByDay.get(workDate) ?? 0) + sign * seconds);

export const timesheetEvolution: Evolution<Timesheet, TimesheetEvent> = {
  initial: () => ({ entries: new Map(), secondsByDay: new Map() }),
  evolve: (timesheet, event) => {
    switch (event.type) {
      case 'HoursLogged':
        timesheet.entries.set(event.data.entryId, event.data);
        addToDay(timesheet, event.data, 1);
        return timesheet;
      case 'HoursCorrected':
        timesheet.entries.set(event.data.after.entryId, event.data.after);
        addToDay(timesheet, event.data.before, -1);
        addToDay(timesheet, event.data.after, 1);
        return timesheet;
      case 'HoursVoided':
        timesheet.entries.set(event.data.entry.entryId, 'voided');
        addToDay(timesheet, event.data.entry, -1);
        return timesheet;
    }
  },
};

const overfull = (timesheet: Timesheet, day: string, added: number): boolean =>
  (timesheet.secondsByDay.get(day) ?? 0) + added > SECONDS_A_DAY;

/** Where hours are to go, as the streams of stage, project and request know it; undefined where none was named. */
export interface Destination {
  readonly stage: Stage | undefined;
  readonly project: Project | undefined;
  readonly request: Request | undefined;
}

export interface LogHours {
  readonly entryId: string;
  readonly specialistId: string;
  readonly projectId?: string | undefined;
  readonly workDate: string;
  readonly seconds: number;
  readonly activity: TimeEntry['activity'];
  readonly billable?: boolean | undefined;
  readonly goodwill: boolean;
  readonly requestId?: string | undefined;
  readonly note?: string | undefined;
  readonly externalRef?: string | undefined;
  readonly importId?: string | undefined;
}

type DestinationRefusal =
  | 'stage-not-found'
  | 'stage-not-started'
  | 'stage-closed'
  | 'project-not-found'
  | 'request-not-found';
export type LogHoursRefusal =
  | DestinationRefusal
  | 'specialist-not-found'
  | 'specialist-deactivated'
  | 'day-over-24-hours';

type Place = { readonly stageId: string | null; readonly projectId: string; readonly clientId: string };

const placeOf = ({ stage, project, request }: Destination, projectId?: string): Place | DestinationRefusal => {
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

export const decideLogHours = (
  command: LogHours,
  timesheet: Timesheet,
  specialist: Specialist,
  destination: Destination,
): Decision<TimesheetEvent, LogHoursRefusal> => {
  if (specialist.data === undefined) return refuse('specialist-not-found');
  const { deactivatedOn } = specialist;
  if (deactivatedOn !== undefined && command.workDate > deactivatedOn) {
    return refuse('specialist-deactivated', { deactivatedOn });
  }
  const place = placeOf(destination, command.projectId);
  if (typeof place === 'string') return refuse(place);
  if (overfull(timesheet, command.workDate, command.seconds)) {
    return refuse('day-over-24-hours', { loggedSeconds: timesheet.secondsByDay.get(command.workDate) ?? 0 });
  }
  return accept({
    type: 'HoursLogged',
    data: {
      entryId: command.entryId,
      specialistId: command.specialistId,
      role: specialist.data.role,
      ...place,
      workDate: command.workDate,
      seconds: command.seconds,
      activity: command.activity,
      billable: command.billable ?? !command.goodwill,
      goodwill: command.goodwill,
      requestId: command.requestId ?? null,
      note: command.note ?? null,
      externalRef: command.externalRef ?? null,
      importId: command.importId ?? null,
    },
  });
};

export interface CorrectHours {
  readonly entryId: string;
  readonly stageId?: string | undefined;
  readonly workDate?: string | undefined;
  readonly seconds?: number | undefined;
  readonly activity?: TimeEntry['activity'] | undefined;
  readonly billable?: boolean | undefined;
  readonly goodwill?: boolean | undefined;
  readonly requestId?: string | null | undefined;
  readonly note?: string | null | undefined;
}

export type CorrectHoursRefusal =
  | Exclude<DestinationRefusal, 'project-not-found'>
  | 'entry-not-found'
  | 'entry-voided'
  | 'day-over-24-hours'
  | 'other-month'
  | 'goodwill-billable'
  | 'nothing-changed';

const corrected = (before: TimeEntry, command: CorrectHours, place: Place): TimeEntry => ({
  ...before,
  ...place,
  workDate: command.workDate ?? before.workDate,
  seconds: command.seconds ?? before.seconds,
  activity: command.activity ?? before.activity,
  billable: command.billable ?? (command.goodwill === true ? false : before.billable),
  goodwill: command.goodwill ?? before.goodwill,
  requestId: command.requestId === undefined ? before.requestId : command.requestId,
  note: command.note === undefined ? before.note : command.note,
});

const same = (one: TimeEntry, other: TimeEntry): boolean =>
  (Object.keys(one) as (keyof TimeEntry)[]).every((field) => one[field] === other[field]);

/** `from` is the stage that holds the entry now (undefined for unattributed hours), `to` the destination named. */
export const decideCorrectHours = (
  command: CorrectHours,
  timesheet: Timesheet,
  { from, to }: { readonly from: Stage | undefined; readonly to: Destination },
): Decision<TimesheetEvent, CorrectHoursRefusal> => {
  const before = timesheet.entries.get(command.entryId);
  if (before === undefined) return refuse('entry-not-found');
  if (before === 'voided') return refuse('entry-voided');
  if (from?.status === 'closed') return refuse('stage-closed');
  if (to.request !== undefined && to.request.data === undefined) return refuse('request-not-found');
  const place = to.stage === undefined ? before : placeOf(to);
  if (typeof place === 'string') return refuse(place === 'project-not-found' ? 'stage-not-found' : place);
  const { stageId, projectId, clientId } = place;
  const after = corrected(before, command, { stageId, projectId, clientId });
  if (after.workDate.slice(0, 7) !== before.workDate.slice(0, 7)) return refuse('other-month');
  if (after.goodwill && after.billable) return refuse('goodwill-billable');
  if (same(before, after)) return refuse('nothing-changed');
  const freed = after.workDate === before.workDate ? before.seconds : 0;
  if (overfull(timesheet, after.workDate, after.seconds - freed)) return refuse('day-over-24-hours');
  return accept({ type: 'HoursCorrected', data: { before, after } });
};

export const decideVoidHours = (
  { entryId }: { readonly entryId: string },
  timesheet: Timesheet,
  from: Stage | undefined,
): Decision<TimesheetEvent, 'entry-not-found' | 'entry-voided' | 'stage-closed'> => {
  const entry = timesheet.entries.get(entryId);
  if (entry === undefined) return refuse('entry-not-found');
  if (entry === 'voided') return refuse('entry-voided');
  if (from?.status === 'closed') return refuse('stage-closed');
  return accept({ type: 'HoursVoided', data: { entry } });
};
