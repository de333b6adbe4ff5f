import type { TrackerEntry } from '../tracker-entry.ts';
import type { Directory, ImportMapping, Project } from './directory.ts';
import { keyOf, mapped } from './mapped.ts';
import { type Match, mappedTo, noSuchTarget, onlyOne, toBeMapped, type Unmatched, unmatched } from './match.ts';
import { nameIndex } from './name-index.ts';

/** The tracker's project code is our external reference; where both code and name find something they must agree. */
const agreed = (byCode: readonly Project[], byName: readonly Project[]): readonly Project[] => {
  if (byCode.length === 0) return byName;
  if (byName.length === 0) return byCode;
  const both = byCode.filter((project) => byName.includes(project));
  return both.length > 0 ? both : [...byCode, ...byName];
};

/** The ids of ours a tracker's client may be; of two clients with one name, both. */
const clientMatcher = ({ projects }: Directory, mapping: ImportMapping) => {
  const target = mapped(mapping.clients);
  const ours = new Set(projects.map(({ clientId }) => clientId));
  const byName = nameIndex(projects, ({ clientName }) => [clientName]);
  return (client: string): ReadonlySet<string> | Unmatched => {
    const id = target([client]);
    if (id !== undefined) return ours.has(id) ? new Set([id]) : noSuchTarget('clients', id);
    const ids = new Set(byName.named(client).map(({ clientId }) => clientId));
    return ids.size > 0 ? ids : toBeMapped('clients', client);
  };
};

/** Finds the project of an entry: by the mapping, else by its code and name among the projects of the entry's client. */
export const projectMatcher = (directory: Directory, mapping: ImportMapping) => {
  const { projects } = directory;
  const target = mapped(mapping.projects);
  const clientsOf = clientMatcher(directory, mapping);
  const byId = new Map(projects.map((project) => [project.id, project]));
  const byCode = nameIndex(projects, ({ externalRef }) => [externalRef]);
  const byName = nameIndex(projects, ({ name }) => [name]);

  const byNames = ({ client, project, projectCode }: TrackerEntry): Match<Project> => {
    const clients = client === '' ? undefined : clientsOf(client);
    if (clients !== undefined && 'error' in clients) return clients;
    const ofClient = (each: Project) => clients === undefined || clients.has(each.clientId);
    const coded = projectCode === null ? [] : byCode.named(projectCode).filter(ofClient);
    return onlyOne('projects', keyOf(client, project), agreed(coded, byName.named(project).filter(ofClient)));
  };

  return (entry: TrackerEntry): Match<Project> => {
    const { client, project } = entry;
    const id = target(project === '' ? [''] : [keyOf(client, project), project]);
    if (id !== undefined) return mappedTo('projects', id, byId);
    return project === '' ? unmatched('no-project', 'the entry names no project', 'project', '') : byNames(entry);
  };
};
