import type { ApprovalStatus } from '@headroom/contracts/events';
import { accept, type Decision, type Refused, refuse } from '@headroom/kernel';
import type { TimesheetEvent } from '../events/streams.ts';
import type { Timesheet } from './timesheet.ts';

/** Hours of one timesheet: those named, or those of some of its days, or all. */
export interface Selection {
  readonly specialistId: string;
  readonly month: string;
  readonly entryIds?: readonly string[] | undefined;
  /** First work date. */
  readonly from?: string | undefined;
  /** The day after the last work date. */
  readonly to?: string | undefined;
}

interface Eligible<Nothing extends string, Wrong extends string> {
  /** Statuses that the step is taken from. */
  readonly from: readonly ApprovalStatus[];
  readonly nothing: Nothing;
  readonly wrong: Wrong;
}

/** An entry and the lines of its adjustments go together, so that a difference never counts without its entry. */
const chosen = <Nothing extends string, Wrong extends string>(
  { entryIds, from = '', to = '~' }: Selection,
  { judged }: Timesheet,
  eligible: Eligible<Nothing, Wrong>,
): readonly string[] | Refused<Nothing | Wrong | 'entry-not-found'> => {
  const fits = (status: ApprovalStatus) => eligible.from.includes(status);
  const all = [...judged];
  if (entryIds === undefined) {
    const ids = all.flatMap(([id, { workDate, status }]) =>
      workDate >= from && workDate < to && fits(status) ? [id] : [],
    );
    return ids.length === 0 ? refuse(eligible.nothing) : ids;
  }
  const ids = new Set<string>();
  for (const entryId of entryIds) {
    const named = judged.get(entryId);
    if (named === undefined) return refuse('entry-not-found', { entryId });
    const family = all.filter(([, each]) => each.entryId === named.entryId && fits(each.status));
    if (family.length === 0) return refuse(eligible.wrong, { entryId, status: named.status });
    for (const [id] of family) ids.add(id);
  }
  return [...ids];
};

/** What the event of a step says. */
const told = ({ specialistId, month }: Selection, { judged }: Timesheet, entryIds: readonly string[]) => {
  const stageIds = new Set(entryIds.flatMap((id) => judged.get(id)?.stageId ?? []));
  return { specialistId, month, entryIds: [...entryIds], stageIds: [...stageIds] };
};

export type SubmitHoursRefusal = 'entry-not-found' | 'entry-not-a-draft' | 'nothing-to-submit';
export type JudgeHoursRefusal = 'entry-not-found' | 'entry-not-submitted' | 'nothing-submitted' | 'own-hours';

/** Drafts, and what was rejected, are submitted; the entries named must all be such. */
export const decideSubmitHours = (
  selection: Selection,
  timesheet: Timesheet,
): Decision<TimesheetEvent, SubmitHoursRefusal> => {
  const entryIds = chosen(selection, timesheet, {
    from: ['draft', 'rejected'],
    nothing: 'nothing-to-submit',
    wrong: 'entry-not-a-draft',
  });
  if ('refused' in entryIds) return entryIds;
  return accept({ type: 'HoursSubmitted', data: told(selection, timesheet, entryIds) });
};

/** `judgeId` is the specialist that the judging credential belongs to, if any: nobody judges their own hours. */
export interface JudgeHours extends Selection {
  readonly judgeId?: string | undefined;
}

const submitted = { nothing: 'nothing-submitted', wrong: 'entry-not-submitted' } as const;

export const decideApproveHours = (
  command: JudgeHours,
  timesheet: Timesheet,
): Decision<TimesheetEvent, JudgeHoursRefusal> => {
  if (command.judgeId === command.specialistId) return refuse('own-hours');
  const entryIds = chosen(command, timesheet, { from: ['submitted'], ...submitted });
  if ('refused' in entryIds) return entryIds;
  return accept({ type: 'HoursApproved', data: told(command, timesheet, entryIds) });
};

/** Rejects what was submitted; an approval is taken back only from entries that are named. */
export const decideRejectHours = (
  command: JudgeHours,
  timesheet: Timesheet,
): Decision<TimesheetEvent, JudgeHoursRefusal> => {
  if (command.judgeId === command.specialistId) return refuse('own-hours');
  const from: ApprovalStatus[] = command.entryIds === undefined ? ['submitted'] : ['submitted', 'approved'];
  const entryIds = chosen(command, timesheet, { from, ...submitted });
  if ('refused' in entryIds) return entryIds;
  return accept({ type: 'HoursRejected', data: told(command, timesheet, entryIds) });
};
