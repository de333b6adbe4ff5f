import type { TrackerEntry } from '../tracker-entry.ts';
import type { PlanOptions, Project, Specialist, Stage } from './directory.ts';
import { found, type Match, type Missing, toBeMapped, unmatched } from './match.ts';
import { foldName } from './name-index.ts';

/** Somebody or something that the agency does not know yet, and that the import is to bring along. */
interface Newcomer {
  readonly id: string;
  readonly name: string;
  /** The earliest day of the rows that name it; undefined while no row that can be imported does. */
  firstDay: string | undefined;
}

export interface NewClient extends Newcomer {
  readonly clientId: string;
  readonly clientName: string;
}
export type NewPerson = Newcomer & Specialist;
export type NewProject = Newcomer & Project;
export type NewStage = Newcomer & Stage;

/** What rows that can be imported need, each once, in the order in which the file brings it. */
export interface Newcomers {
  readonly people: readonly NewPerson[];
  readonly clients: readonly NewClient[];
  readonly projects: readonly NewProject[];
  readonly stages: readonly NewStage[];
}

const LONGEST_NAME = 200;

/** The name that a newcomer would have must be one that we take. */
const tooLong = (kind: Missing['kind'], name: string) =>
  name.length <= LONGEST_NAME
    ? undefined
    : unmatched('name-too-long', `a name has at most ${LONGEST_NAME} characters; map it`, kind, name);

/** Makes newcomers of what no name of ours matches, where the caller wishes so; an id stands for the same name for ever. */
export const newcomerBook = ({ unknown = {}, newId }: PlanOptions) => {
  const book = {
    people: new Map<string, NewPerson>(),
    clients: new Map<string, NewClient>(),
    projects: new Map<string, NewProject>(),
    stages: new Map<string, NewStage>(),
  };

  const make = <Thing extends Newcomer>(
    kind: Missing['kind'],
    key: string,
    { name, parts, known }: { name: string; parts: readonly string[]; known: (id: string) => Thing | undefined },
    thing: (id: string) => Thing,
  ): Match<Thing> => {
    if (unknown[kind] !== 'create' || newId === undefined) return toBeMapped(kind, key);
    const problem = tooLong(kind, name);
    if (problem !== undefined) return problem;
    const id = newId(kind, parts.map(foldName));
    const before = known(id);
    if (before !== undefined) return found(before);
    const made = thing(id);
    (book[kind] as unknown as Map<string, Thing>).set(id, made);
    return found(made);
  };

  const fresh = { firstDay: undefined };
  return {
    person: (key: string, { name, email }: TrackerEntry['person'], known: (id: string) => Specialist | undefined) =>
      make<NewPerson>(
        'people',
        key,
        { name, parts: [email ?? name], known: known as (id: string) => NewPerson | undefined },
        (id) => ({ id, name, email, externalRef: email, ...fresh }),
      ),

    client: (name: string, known: (id: string) => NewClient | undefined): Match<NewClient> =>
      make<NewClient>('clients', name, { name, parts: [name], known }, (id) => ({
        id,
        name,
        clientId: id,
        clientName: name,
        ...fresh,
      })),

    project: (
      key: string,
      { project: name, projectCode }: TrackerEntry,
      { clientId, clientName }: { readonly clientId: string; readonly clientName: string },
      known: (id: string) => Project | undefined,
    ) =>
      make<NewProject>(
        'projects',
        key,
        { name, parts: [clientId, name], known: known as (id: string) => NewProject | undefined },
        (id) => ({ id, name, clientId, clientName, externalRef: projectCode, ...fresh }),
      ),

    /** Hours without a task go to a stage that is called as the project. */
    stage: (key: string, { task }: TrackerEntry, project: Project, known: (id: string) => Stage | undefined) => {
      const name = task === '' ? project.name : task;
      return make<NewStage>(
        'stages',
        key,
        { name, parts: [project.id, name], known: known as (id: string) => NewStage | undefined },
        (id) => ({ id, name, projectId: project.id, status: 'started', externalRef: null, ...fresh }),
      );
    },

    /** A row that can be imported names these. */
    needed: (ids: Readonly<Partial<Record<Missing['kind'], string | null>>>, day: string): void => {
      for (const kind of ['people', 'clients', 'projects', 'stages'] as const) {
        const newcomer: Newcomer | undefined = book[kind].get(ids[kind] ?? '');
        if (newcomer !== undefined && (newcomer.firstDay === undefined || day < newcomer.firstDay))
          newcomer.firstDay = day;
      }
    },

    list: (): Newcomers => {
      const neededOf = <Thing extends Newcomer>(things: ReadonlyMap<string, Thing>): Thing[] =>
        [...things.values()].filter(({ firstDay }) => firstDay !== undefined);
      const { people, clients, projects, stages } = book;
      return {
        people: neededOf(people),
        clients: neededOf(clients),
        projects: neededOf(projects),
        stages: neededOf(stages),
      };
    },
  };
};

export type NewcomerBook = ReturnType<typeof newcomerBook>;
