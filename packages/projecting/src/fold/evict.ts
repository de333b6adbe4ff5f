import type { RowCache } from './row-cache.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const weightOf = (unit: UnitOfWork): number => {
  let weight = 0;
  for (const cache of unit.caches) weight += cache.weight;
  return weight;
};

/**
 * The page before which entries must have been used last to be forgotten, so that those that stay weigh about half of
 * `limit`; 0 as long as all together are within the limit.
 */
export const coldBefore = (unit: UnitOfWork, limit: number): number => {
  if (weightOf(unit) <= limit) return 0;
  const weights = new Map<number, number>();
  for (const cache of unit.caches) {
    for (const { page, weight } of cache.entries.values()) weights.set(page, (weights.get(page) ?? 0) + weight);
  }
  let kept = 0;
  for (const page of [...weights.keys()].sort((a, b) => b - a)) {
    kept += weights.get(page) ?? 0;
    if (kept > limit / 2) return page + 1;
  }
  return 0;
};

const evictBefore = (cache: RowCache, page: number): void => {
  cache.place();
  for (const entry of cache.entries.values())
    if (entry.page < page && !entry.dirty && entry.writing === 0) cache.evict(entry);
  for (const index of cache.indexes) index.sweep(page);
};

/**
 * When the rows in memory weigh more than `limit` bytes, forgets those that were not used for longest, until about half
 * of that is left. What the database does not show yet stays. To be called between pages.
 */
export const evictCold = (unit: UnitOfWork, limit: number): void => {
  const page = coldBefore(unit, limit);
  if (page > 0) for (const cache of unit.caches) evictBefore(cache, page);
};
