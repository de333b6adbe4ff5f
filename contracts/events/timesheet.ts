import { z } from 'zod';
import { event } from './event.ts';
import { activity, date, entrySeconds, externalRef, id, instant, month, note, role } from './values.ts';

/** What a time entry says. The role is the specialist's when the hours were logged. */
const entryShape = {
  entryId: id,
  specialistId: id,
  role,
  /** `null`: the project is known, the stage is not; the minutes are then unattributed. */
  stageId: id.nullable(),
  projectId: id,
  clientId: id,
  workDate: date,
  seconds: entrySeconds,
  /** When the work began, for entries that tell it; it lasted `seconds` from then on. */
  startedAt: instant.nullable(),
  activity,
  billable: z.boolean(),
  /** Done free of charge, on purpose. */
  goodwill: z.boolean(),
  requestId: id.nullable(),
  note: note.nullable(),
  externalRef: externalRef.nullable(),
  /** The import that brought the entry. */
  importId: id.nullable(),
  /** The timer whose stop logged the entry. */
  timerId: id.nullable(),
  /** The day of an open period on which the figures count work of a closed one; `null`: on its work date. */
  postedOn: date.nullable(),
};

export const timeEntry = z.strictObject(entryShape);
export type TimeEntry = z.infer<typeof timeEntry>;

export const hoursLogged = event('HoursLogged', 2, entryShape);
export const hoursCorrected = event('HoursCorrected', 2, { before: timeEntry, after: timeEntry });
export const hoursVoided = event('HoursVoided', 2, { entry: timeEntry });

const SECONDS_A_DAY = 86_400;

/**
 * A correction (or, with `after: null`, a voiding) of an entry in a closed month: the entry stays as it was reported,
 * and the lines post the difference on a day of an open month. A line has the rate of the day of the work.
 */
export const hoursAdjusted = event('HoursAdjusted', 1, {
  adjustmentId: id,
  before: timeEntry,
  after: timeEntry.nullable(),
  postedOn: date,
  lines: z
    .array(
      z.strictObject({
        lineId: id,
        /** What the line says but for its seconds. */
        of: z.enum(['before', 'after']),
        seconds: z.int().min(-SECONDS_A_DAY).max(SECONDS_A_DAY),
      }),
    )
    .min(1)
    .max(2),
});

/** Entries (and lines of adjustments) of one timesheet, by id. */
const judged = {
  specialistId: id,
  month,
  entryIds: z.array(id).min(1),
  /** The stages that the entries are on, each once. */
  stageIds: z.array(id),
};

export const hoursSubmitted = event('HoursSubmitted', 1, judged);
export const hoursApproved = event('HoursApproved', 1, judged);
/** The reason is with the event. */
export const hoursRejected = event('HoursRejected', 1, judged);

export const approvalStatus = z.enum(['draft', 'submitted', 'approved', 'rejected']);
export type ApprovalStatus = z.infer<typeof approvalStatus>;

export const timesheetEvents = [
  hoursLogged,
  hoursCorrected,
  hoursVoided,
  hoursAdjusted,
  hoursSubmitted,
  hoursApproved,
  hoursRejected,
] as const;
