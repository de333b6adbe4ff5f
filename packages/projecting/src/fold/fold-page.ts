import type { ProjectedEvent } from '../projection.ts';
import type { Wanted } from './page-needs.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Brings rows of the database into memory. */
export type Load = (wanted: Wanted) => Promise<void>;

const loadAll = async (unit: UnitOfWork, first: Wanted | undefined, load: Load): Promise<void> => {
  let wanted = first;
  while (wanted) {
    await load(wanted);
    wanted = unit.loaded();
  }
};

/**
 * Folds a page: loads what its events need at once, then folds them one after the other without waiting in between.
 * Throws what a handler threw; the unit of work then holds half of an event and is to be thrown away.
 */
export const foldPage = async (unit: UnitOfWork, events: readonly ProjectedEvent[], load: Load): Promise<void> => {
  await loadAll(unit, unit.open(events), load);
  let start = 0;
  while (start < events.length) {
    const { folded, wanted } = unit.fold(events, start);
    await loadAll(unit, wanted, load);
    start = folded;
  }
};
