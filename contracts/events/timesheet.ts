import { z } from 'zod';
import { event } from './event.ts';
import { activity, date, entrySeconds, externalRef, id, note, role } from './values.ts';

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
  activity,
  billable: z.boolean(),
  /** Done free of charge, on purpose. */
  goodwill: z.boolean(),
  requestId: id.nullable(),
  note: note.nullable(),
  externalRef: externalRef.nullable(),
  /** The import that brought the entry. */
  importId: id.nullable(),
};

export const timeEntry = z.strictObject(entryShape);
export type TimeEntry = z.infer<typeof timeEntry>;

export const hoursLogged = event('HoursLogged', 1, entryShape);
export const hoursCorrected = event('HoursCorrected', 1, { before: timeEntry, after: timeEntry });
export const hoursVoided = event('HoursVoided', 1, { entry: timeEntry });

export const timesheetEvents = [hoursLogged, hoursCorrected, hoursVoided] as const;
