import type { TrackerEntry } from '../tracker-entry.ts';
import type { Directory, ImportMapping, Project } from './directory.ts';
import { keyOf, mapped } from './mapped.ts';
import {
  isUnknown,
  type Match,
  mappedTo,
  noSuchTarget,
  onlyOne,
  toBeMapped,
  type Unmatched,
  unmatched,
} from './match.ts';
import { nameIndex } from './name-index.ts';
import type { NewClient, NewcomerBook } from './newcomers.ts';

/** The tracker's project code is our external reference; where both code and name find something they must agree. */
const agreed = (byCode: readonly Project[], byName: readonly Project[]): readonly Project[] => {
  if (byCode.length === 0) return byName;
  if (byName.length === 0) return byCode;
  const both = byCode.filter((project) => byName.includes(project));
  return both.length > 0 ? both : [...byCode, ...byName];
};

type Client = Pick<Project, 'clientId' | 'clientName'>;

/** The clients of ours that a tracker's client may be: of two with one name, both. */
const clientMatcher = (directory: Directory, mapping: ImportMapping, newcomers: NewcomerBook) => {
  const target = mapped(mapping.clients);
  const ours = new Map<string, Client>();
  for (const { clientId, clientName } of directory.projects) ours.set(clientId, { clientId, clientName });
  for (const { id, name } of directory.clients ?? []) ours.set(id, { clientId: id, clientName: name });
  const byName = nameIndex(ours.values(), ({ clientName }) => [clientName]);
  return (name: string): ReadonlyMap<string, Client> | Unmatched | undefined => {
    const id = target([name]);
    const known = ours.get(id ?? '');
    if (known !== undefined) return new Map([[known.clientId, known]]);
    if (id !== undefined) return noSuchTarget('clients', id);
    if (name === '') return undefined;
    const named = byName.named(name);
    if (named.length > 0) return new Map(named.map((client) => [client.clientId, client]));
    const made = newcomers.client(name, (each) => ours.get(each) as NewClient | undefined);
    if ('error' in made) return made;
    ours.set(made.found.clientId, made.found);
    byName.add(made.found);
    return new Map([[made.found.clientId, made.found]]);
  };
};

/** Finds the project of an entry: by the mapping, else by its code and name among the projects of the entry's client. */
export const projectMatcher = (directory: Directory, mapping: ImportMapping, newcomers: NewcomerBook) => {
  const { projects } = directory;
  const target = mapped(mapping.projects);
  const clientsOf = clientMatcher(directory, mapping, newcomers);
  const byId = new Map(projects.map((project) => [project.id, project]));
  const byCode = nameIndex(projects, ({ externalRef }) => [externalRef]);
  const byName = nameIndex(projects, ({ name }) => [name]);

  /** A project is created for the one client that the entry names. */
  const created = (
    key: string,
    entry: TrackerEntry,
    unknown: Unmatched,
    clients: ReadonlyMap<string, Client> | undefined,
  ): Match<Project> => {
    const [client, other] = clients?.values() ?? [];
    if (client === undefined) return unknown;
    if (other !== undefined) return toBeMapped('clients', entry.client, [...(clients?.keys() ?? [])]);
    const made = newcomers.project(key, entry, client, (id) => byId.get(id));
    if ('found' in made && !byId.has(made.found.id)) {
      byId.set(made.found.id, made.found);
      byCode.add(made.found);
      byName.add(made.found);
    }
    return made;
  };

  const byNames = (entry: TrackerEntry): Match<Project> => {
    const { client, project, projectCode } = entry;
    const clients = clientsOf(client);
    if (clients !== undefined && 'error' in clients) return clients;
    const ofClient = (each: Project) => clients === undefined || clients.has(each.clientId);
    const coded = projectCode === null ? [] : byCode.named(projectCode).filter(ofClient);
    const key = keyOf(client, project);
    const match = onlyOne('projects', key, agreed(coded, byName.named(project).filter(ofClient)));
    return isUnknown(match) ? created(key, entry, match, clients) : match;
  };

  return (entry: TrackerEntry): Match<Project> => {
    const { client, project } = entry;
    const id = target(project === '' ? [''] : [keyOf(client, project), project]);
    if (id !== undefined) return mappedTo('projects', id, byId);
    return project === '' ? unmatched('no-project', 'the entry names no project', 'project', '') : byNames(entry);
  };
};
