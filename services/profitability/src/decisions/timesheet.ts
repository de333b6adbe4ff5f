import type { ApprovalStatus, TimeEntry } from '@headroom/contracts/events';
import type { Evolution } from '@headroom/kernel';
import type { TimesheetEvent } from '../events/streams.ts';

/** What is submitted and judged: an entry, or a line that posts a difference to it. */
export interface Judged {
  /** The entry itself, or the one that the line belongs to. */
  readonly entryId: string;
  readonly workDate: string;
  readonly stageId: string | null;
  status: ApprovalStatus;
}

/** One specialist's hours of one month: the keeper of the rule that a day has 24 hours. */
export interface Timesheet {
  /** What each entry says now, adjustments in it. */
  readonly entries: Map<string, TimeEntry | 'voided'>;
  readonly secondsByDay: Map<string, number>;
  /** Entries that were adjusted while their month was closed. */
  readonly adjusted: Set<string>;
  readonly judged: Map<string, Judged>;
}

const addToDay = ({ secondsByDay }: Timesheet, { workDate, seconds }: TimeEntry, sign: 1 | -1) =>
  secondsByDay.set(workDate, (secondsByDay.get(workDate) ?? 0) + sign * seconds);

const put = (timesheet: Timesheet, entry: TimeEntry): void => {
  const { entryId, workDate, stageId } = entry;
  timesheet.entries.set(entryId, entry);
  timesheet.judged.set(entryId, { entryId, workDate, stageId, status: 'draft' });
  addToDay(timesheet, entry, 1);
};

type Adjusted = Extract<TimesheetEvent, { type: 'HoursAdjusted' }>['data'];

const adjust = (timesheet: Timesheet, { before, after, lines }: Adjusted): void => {
  const { entryId } = before;
  timesheet.entries.set(entryId, after ?? 'voided');
  timesheet.adjusted.add(entryId);
  addToDay(timesheet, before, -1);
  if (after !== null) addToDay(timesheet, after, 1);
  const workDate = timesheet.judged.get(entryId)?.workDate ?? before.workDate;
  for (const { lineId, of } of lines) {
    const { stageId } = of === 'after' && after !== null ? after : before;
    timesheet.judged.set(lineId, { entryId, workDate, stageId, status: 'draft' });
  }
};

const judge = (timesheet: Timesheet, ids: readonly string[], status: ApprovalStatus): Timesheet => {
  for (const id of ids) {
    const judged = timesheet.judged.get(id);
    if (judged !== undefined) judged.status = status;
  }
  return timesheet;
};

export const timesheetEvolution: Evolution<Timesheet, TimesheetEvent> = {
  initial: () => ({ entries: new Map(), secondsByDay: new Map(), adjusted: new Set(), judged: new Map() }),
  evolve: (timesheet, event) => {
    switch (event.type) {
      case 'HoursLogged':
        put(timesheet, event.data);
        return timesheet;
      case 'HoursCorrected':
        addToDay(timesheet, event.data.before, -1);
        put(timesheet, event.data.after);
        return timesheet;
      case 'HoursVoided':
        timesheet.entries.set(event.data.entry.entryId, 'voided');
        timesheet.judged.delete(event.data.entry.entryId);
        addToDay(timesheet, event.data.entry, -1);
        return timesheet;
      case 'HoursAdjusted':
        adjust(timesheet, event.data);
        return timesheet;
      case 'HoursSubmitted':
        return judge(timesheet, event.data.entryIds, 'submitted');
      case 'HoursApproved':
        return judge(timesheet, event.data.entryIds, 'approved');
      case 'HoursRejected':
        return judge(timesheet, event.data.entryIds, 'rejected');
    }
  },
};
