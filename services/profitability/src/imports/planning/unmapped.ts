import type { Missing } from './match.ts';

/** A name of the tracker that the mapping should say something about. */
export interface UnmappedName {
  /** What to write as the key of the mapping. */
  readonly key: string;
  /** The ids it may stand for, when there are several; otherwise none of ours has that name. */
  readonly candidates: readonly string[];
  readonly rows: number;
  readonly seconds: number;
}

export type Unmapped = Readonly<Record<Missing['kind'], readonly UnmappedName[]>>;

/** Gathers the names that found no place, each once, in the order in which the file brings them. */
export const unmappedNames = () => {
  const names = {
    people: new Map<string, UnmappedName>(),
    clients: new Map<string, UnmappedName>(),
    projects: new Map<string, UnmappedName>(),
    stages: new Map<string, UnmappedName>(),
  };
  return {
    add: ({ kind, key, candidates }: Missing, seconds: number): void => {
      const sum = names[kind].get(key) ?? { rows: 0, seconds: 0 };
      names[kind].set(key, { key, candidates, rows: sum.rows + 1, seconds: sum.seconds + seconds });
    },
    list: (): Unmapped => ({
      people: [...names.people.values()],
      clients: [...names.clients.values()],
      projects: [...names.projects.values()],
      stages: [...names.stages.values()],
    }),
  };
};
