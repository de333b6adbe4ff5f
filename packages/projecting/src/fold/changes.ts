import type { Entry, RowCache } from './row-cache.ts';
import { type AnyRow, keyOf } from './row-shape.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** What a writer has to do to one table, told apart by how it is best done. */
export interface Changes {
  readonly cache: RowCache;
  readonly entries: readonly Entry[];
  /** Rows of which it is certain that the database does not have them. */
  readonly created: readonly AnyRow[];
  /** Rows that it has, or may have. */
  readonly changed: readonly AnyRow[];
  /** Keys of rows that it has, or may have. */
  readonly removed: readonly (readonly string[])[];
}

/** Takes changed entries of one table for a writer: as they are now, so it encodes them before the fold goes on. */
export const takeEntries = (cache: RowCache, entries: readonly Entry[]): Changes => {
  const created: AnyRow[] = [];
  const changed: AnyRow[] = [];
  const removed: string[][] = [];
  cache.handOver(entries);
  for (const entry of entries) {
    const { row, stored, tenant, rest } = entry;
    if (row) (stored === 'absent' ? created : changed).push(row);
    else if (stored !== 'absent') removed.push(keyOf(tenant, rest, cache.shape.keyTypes.length));
    entry.stored = row ? 'present' : 'absent';
  }
  return { cache, entries, created, changed, removed };
};

/** Takes all that was changed since the last time, table by table. To be confirmed, or the unit of work thrown away. */
export const takeChanges = (unit: UnitOfWork): Changes[] => {
  const changes: Changes[] = [];
  for (const cache of unit.caches) {
    const entries = cache.changed();
    if (entries.length > 0) changes.push(takeEntries(cache, entries));
  }
  return changes;
};

/** Notes that the database shows the changes now. */
export const confirmChanges = (changes: readonly Changes[]): void => {
  for (const { entries } of changes) for (const entry of entries) entry.writing -= 1;
};
