import { cleanName } from '../clean-text.ts';

/** Two names are the same when this is: case and the number of spaces do not matter. */
export const foldName = (name: string): string => cleanName(name).toLowerCase();

/** Things by a name of theirs. */
export interface NameIndex<Thing> {
  /** All things of that name, each once. */
  readonly named: (name: string) => readonly Thing[];
  readonly add: (thing: Thing) => void;
}

/** Indexes things by the names that `namesOf` gives for each; empty and missing names are left out. */
export const nameIndex = <Thing>(
  things: Iterable<Thing>,
  namesOf: (thing: Thing) => readonly (string | null | undefined)[],
): NameIndex<Thing> => {
  const byName = new Map<string, Set<Thing>>();
  const add = (thing: Thing): void => {
    for (const name of namesOf(thing)) {
      const folded = foldName(name ?? '');
      if (folded === '') continue;
      const same = byName.get(folded);
      if (same === undefined) byName.set(folded, new Set([thing]));
      else same.add(thing);
    }
  };
  for (const thing of things) add(thing);
  return { named: (name) => [...(byName.get(foldName(name)) ?? [])], add };
};
