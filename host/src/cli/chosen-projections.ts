import type { Projection } from '@headroom/projecting';
import { projections } from '../operations.ts';
import { Explained } from '../process/explain.ts';

/** The projections of these names, all of them when none is named. Throws `Explained` for a name that is none. */
export const chosenProjections = (names: readonly string[]): readonly Projection[] => {
  if (names.length === 0) return projections;
  return names.map((name) => {
    const found = projections.find((projection) => projection.name === name);
    if (found) return found;
    throw new Explained(`There is no projection ${name}; there are ${projections.map((each) => each.name).join(', ')}`);
  });
};
