import type { TimeEntry } from '@headroom/contracts/events/timesheet';

/**
 * What `HoursLogged` says, as far as an import can know it: the command adds the entry's id, the specialist's role and
 * the import's id.
 */
export type PlannedHours = Omit<TimeEntry, 'entryId' | 'role' | 'importId' | 'timerId' | 'postedOn'>;

/** What was done to an entry's texts so that they fit. Figures are never changed. */
export type Notice = 'note-shortened' | 'reference-dropped';
