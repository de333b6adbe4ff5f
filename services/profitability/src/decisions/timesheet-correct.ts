import type { TimeEntry } from '@headroom/contracts/events';
import { accept, type Decision, monthOf, type Refused, refuse } from '@headroom/kernel';
import type { TimesheetEvent } from '../events/streams.ts';
import { type Destination, type DestinationRefusal, type Place, placeOf } from './destination.ts';
import type { Stage } from './stage.ts';
import type { Timesheet } from './timesheet.ts';
import { type EntryRefusal, entryRefusal } from './timesheet-log.ts';
import { type Posting, type PostingRefusal, postingDay, type TimeRules } from './timesheet-rules.ts';

export interface CorrectHours extends Posting {
  readonly entryId: string;
  /** The id of the adjustment, should it become one. */
  readonly adjustmentId: string;
  readonly stageId?: string | undefined;
  readonly workDate?: string | undefined;
  readonly seconds?: number | undefined;
  readonly startedAt?: string | null | undefined;
  readonly activity?: TimeEntry['activity'] | undefined;
  readonly billable?: boolean | undefined;
  readonly goodwill?: boolean | undefined;
  readonly requestId?: string | null | undefined;
  readonly note?: string | null | undefined;
}

export type VoidHours = Posting & Pick<CorrectHours, 'entryId' | 'adjustmentId'>;

type StandingRefusal = 'entry-not-found' | 'entry-voided' | 'stage-closed' | 'entry-adjusted' | PostingRefusal;
export type VoidHoursRefusal = StandingRefusal;
export type CorrectHoursRefusal =
  | StandingRefusal
  | EntryRefusal
  | Exclude<DestinationRefusal, 'project-not-found'>
  | 'other-month'
  | 'goodwill-billable'
  | 'nothing-changed';

/** The entry as it stands, and the day on which a change of it is to be posted; `null`: the entry itself changes. */
interface Standing {
  readonly before: TimeEntry;
  readonly postedOn: string | null;
}

/**
 * A closed month keeps its entries as they were reported, and so does an entry that was adjusted once: only another
 * line sets it right.
 */
const standing = (
  command: VoidHours,
  timesheet: Timesheet,
  from: Stage | undefined,
  rules: TimeRules,
): Standing | Refused<StandingRefusal> => {
  const before = timesheet.entries.get(command.entryId);
  if (before === undefined) return refuse('entry-not-found');
  if (before === 'voided') return refuse('entry-voided');
  if (from?.status === 'closed') return refuse('stage-closed');
  const countsOn = before.postedOn ?? before.workDate;
  const closed = rules.closedMonths.has(monthOf(countsOn));
  const adjusted = timesheet.adjusted.has(command.entryId);
  if (!closed && !adjusted) return { before, postedOn: null };
  if (command.adjustment !== true) {
    return closed ? refuse('period-closed', { month: monthOf(countsOn) }) : refuse('entry-adjusted');
  }
  const posted = postingDay(countsOn, command, rules);
  return 'refused' in posted ? refuse(posted.refused) : { before, postedOn: posted.postedOn };
};

const corrected = (before: TimeEntry, command: CorrectHours, place: Place): TimeEntry => ({
  ...before,
  ...place,
  workDate: command.workDate ?? before.workDate,
  seconds: command.seconds ?? before.seconds,
  startedAt: command.startedAt === undefined ? before.startedAt : command.startedAt,
  activity: command.activity ?? before.activity,
  billable: command.billable ?? (command.goodwill === true ? false : before.billable),
  goodwill: command.goodwill ?? before.goodwill,
  requestId: command.requestId === undefined ? before.requestId : command.requestId,
  note: command.note === undefined ? before.note : command.note,
});

type Field = keyof TimeEntry;
const same = (one: TimeEntry, other: TimeEntry, fields = Object.keys(one) as Field[]): boolean =>
  fields.every((field) => one[field] === other[field]);

/** What of an entry decides where its seconds count and what they cost. */
const COUNTED: Field[] = ['stageId', 'projectId', 'workDate', 'activity', 'billable', 'goodwill', 'requestId'];

type Line = Extract<TimesheetEvent, { type: 'HoursAdjusted' }>['data']['lines'][number];

/** The difference that an adjustment posts: one line where only the seconds differ, else one out and one in. */
const linesOf = (adjustmentId: string, before: TimeEntry, after: TimeEntry | null): Line[] => {
  if (after === null) return [{ lineId: adjustmentId, of: 'before', seconds: -before.seconds }];
  if (same(before, after, COUNTED)) {
    const seconds = after.seconds - before.seconds;
    return seconds === 0 ? [] : [{ lineId: adjustmentId, of: 'after', seconds }];
  }
  return [
    { lineId: `${adjustmentId}:out`, of: 'before', seconds: -before.seconds },
    { lineId: adjustmentId, of: 'after', seconds: after.seconds },
  ];
};

const changeRefusal = (before: TimeEntry, after: TimeEntry) => {
  if (monthOf(after.workDate) !== monthOf(before.workDate)) return refuse('other-month');
  if (after.goodwill && after.billable) return refuse('goodwill-billable');
  return same(before, after) ? refuse('nothing-changed') : undefined;
};

/** Seconds of the new day that the entry itself held before. */
const freed = (before: TimeEntry, after: TimeEntry): number =>
  after.workDate === before.workDate ? before.seconds : 0;

const adjusted = (
  adjustmentId: string,
  before: TimeEntry,
  after: TimeEntry,
  postedOn: string,
): Decision<TimesheetEvent, 'posted-before-work' | 'nothing-changed'> => {
  if (postedOn < after.workDate) return refuse('posted-before-work');
  const lines = linesOf(adjustmentId, before, after);
  if (lines.length === 0) return refuse('nothing-changed');
  return accept({ type: 'HoursAdjusted', data: { adjustmentId, before, after, postedOn, lines } });
};

/** `from` is the stage that holds the entry now (undefined for unattributed hours), `to` the destination named. */
export const decideCorrectHours = (
  command: CorrectHours,
  timesheet: Timesheet,
  { from, to, rules }: { readonly from: Stage | undefined; readonly to: Destination; readonly rules: TimeRules },
): Decision<TimesheetEvent, CorrectHoursRefusal> => {
  const stands = standing(command, timesheet, from, rules);
  if ('refused' in stands) return stands;
  const { before, postedOn } = stands;
  if (to.request !== undefined && to.request.data === undefined) return refuse('request-not-found');
  const place = to.stage === undefined ? before : placeOf(to);
  if (typeof place === 'string') return refuse(place === 'project-not-found' ? 'stage-not-found' : place);
  const { stageId, projectId, clientId } = place;
  const after = corrected(before, command, { stageId, projectId, clientId });
  const broken = changeRefusal(before, after) ?? entryRefusal(after, timesheet, rules, freed(before, after));
  if (broken !== undefined) return broken;
  if (postedOn === null) return accept({ type: 'HoursCorrected', data: { before, after } });
  return adjusted(command.adjustmentId, before, after, postedOn);
};

export const decideVoidHours = (
  command: VoidHours,
  timesheet: Timesheet,
  { from, rules }: { readonly from: Stage | undefined; readonly rules: TimeRules },
): Decision<TimesheetEvent, VoidHoursRefusal> => {
  const stands = standing(command, timesheet, from, rules);
  if ('refused' in stands) return stands;
  const { before, postedOn } = stands;
  if (postedOn === null) return accept({ type: 'HoursVoided', data: { entry: before } });
  const { adjustmentId } = command;
  const lines = linesOf(adjustmentId, before, null);
  return accept({ type: 'HoursAdjusted', data: { adjustmentId, before, after: null, postedOn, lines } });
};
