import type { TimeEntry } from '@headroom/contracts/events';
import type { Evolution } from '@headroom/kernel';
import type { TimesheetEvent } from '../events/streams.ts';

/** The entries of a timesheet that came by import, as they came. */
export interface ImportedHours {
  readonly asImported: Map<string, TimeEntry>;
}

export const importedHoursEvolution: Evolution<ImportedHours, TimesheetEvent> = {
  initial: () => ({ asImported: new Map() }),
  evolve: (hours, event) => {
    if (event.type === 'HoursLogged' && event.data.importId !== null)
      hours.asImported.set(event.data.entryId, event.data);
    return hours;
  },
};

const TOLD: readonly (keyof TimeEntry)[] = [
  ...(['stageId', 'projectId', 'workDate', 'seconds', 'startedAt', 'activity'] as const),
  ...(['billable', 'goodwill', 'requestId', 'note'] as const),
];

/** Whether somebody has changed what an entry says since it came. */
export const hasChanged = (asImported: TimeEntry | undefined, now: TimeEntry): boolean =>
  asImported !== undefined && TOLD.some((field) => asImported[field] !== now[field]);

const REVERTING = 'revert:';

/** The idempotency key under which the revert of an import voids an entry. */
export const revertKey = (id: string): string => `${REVERTING}${id}`;

/** Whether a voiding was part of a revert, rather than somebody's wish for this very entry. */
export const isRevertKey = (commandKey: string): boolean => commandKey.startsWith(REVERTING);
