import type { Entry, RowCache } from '../fold/row-cache.ts';
import type { AnyRow } from '../fold/row-shape.ts';
import type { UnitOfWork } from '../fold/unit-of-work.ts';

/** Changes to one table, told apart by how they are best written. */
export interface Settled {
  readonly cache: RowCache;
  readonly entries: readonly Entry[];
  /** The fold looked, and there was none. */
  readonly created: readonly AnyRow[];
  /** Put without looking. */
  readonly put: readonly AnyRow[];
  readonly changed: readonly AnyRow[];
  readonly removed: readonly string[];
}

const sort = (cache: RowCache, entries: readonly Entry[]): Settled => {
  const created: AnyRow[] = [];
  const put: AnyRow[] = [];
  const changed: AnyRow[] = [];
  const removed: string[] = [];
  for (const entry of entries) {
    if (!entry.row) {
      if (entry.stored !== 'absent') removed.push(entry.key);
    } else if (entry.stored === 'absent') created.push(entry.row);
    else if (entry.stored === 'unknown') put.push(entry.row);
    else changed.push(entry.row);
    entry.stored = entry.row ? 'present' : 'absent';
    entry.dirty = false;
    entry.writing += 1;
  }
  return { cache, entries, created, put, changed, removed };
};

/**
 * Takes the changes that are worth writing now. Rows that are not in the database yet go as soon as a page leaves them
 * alone; rows that are, and those that every page changes, stay until memory is needed (`coldBefore`): so a row that a
 * million events change is written once or twice. With `coldBefore` infinite everything is taken.
 */
export const takeSettled = (unit: UnitOfWork, coldBefore: number): Settled[] => {
  const settled: Settled[] = [];
  for (const cache of unit.caches) {
    const due = cache.takeDirty(({ page, stored }) => page < coldBefore || (page < unit.page && stored !== 'present'));
    if (due.length > 0) settled.push(sort(cache, due));
  }
  return settled;
};
