import type { TimeEntryRow } from './tables.ts';

const COUNTED = ['stageId', 'workedOn', 'activity', 'billable', 'goodwill', 'requestId'] as const;

const kinOf = (entry: TimeEntryRow): string =>
  JSON.stringify([entry.adjusts ?? entry.entryId, ...COUNTED.map((field) => entry[field])]);

/** Entries with the lines that adjust them set off against each other: what is left of each, if anything is. */
export const netEntries = (entries: readonly TimeEntryRow[]): TimeEntryRow[] => {
  if (entries.every(({ adjusts }) => adjusts === null)) return [...entries];
  return [...Map.groupBy(entries, kinOf).values()].flatMap((kin) => {
    const first = kin.find(({ adjusts }) => adjusts === null) ?? kin[0];
    const seconds = kin.reduce((sum, entry) => sum + entry.seconds, 0);
    return first === undefined || seconds <= 0 ? [] : [{ ...first, seconds }];
  });
};
