import type { Entry, RowCache } from './row-cache.ts';
import type { AnyRow } from './row-shape.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** What a writer has to do to one table. */
export interface Changes {
  readonly cache: RowCache;
  readonly entries: readonly Entry[];
  /** As they are at this moment; the fold may go on as soon as they have been encoded. */
  readonly upserts: readonly AnyRow[];
  readonly removals: readonly string[];
}

const take = (cache: RowCache, entries: readonly Entry[]): Changes => {
  const upserts: AnyRow[] = [];
  const removals: string[] = [];
  for (const entry of entries) {
    if (entry.row) upserts.push(entry.row);
    else if (entry.stored !== 'absent') removals.push(entry.key);
    entry.stored = entry.row ? 'present' : 'absent';
    entry.dirty = false;
    entry.writing += 1;
  }
  return { cache, entries, upserts, removals };
};

/** Takes what was changed since the last time; table by table. To be confirmed, or else the unit of work thrown away. */
export const takeChanges = (unit: UnitOfWork): Changes[] => {
  const changes: Changes[] = [];
  for (const cache of unit.caches) {
    const entries = cache.takeDirty();
    if (entries.length > 0) changes.push(take(cache, entries));
  }
  return changes;
};

/** Notes that the database shows the changes now. */
export const confirmChanges = (changes: readonly Changes[]): void => {
  for (const { entries } of changes) for (const entry of entries) entry.writing -= 1;
};
