import type { TrackerEntry } from '../tracker-entry.ts';
import type { Directory, ImportMapping, Project, Stage } from './directory.ts';
import { keyOf, mapped } from './mapped.ts';
import { isUnknown, type Match, mappedTo, onlyOne, unmatched } from './match.ts';
import { nameIndex } from './name-index.ts';
import type { NewcomerBook } from './newcomers.ts';

/**
 * Finds the stage of an entry within its project: by the mapping, else the one whose name or external reference is the
 * entry's task. That a project has but one stage proves nothing. A closed stage is refused, as logging hours on it is.
 */
export const stageMatcher = ({ stages }: Directory, mapping: ImportMapping, newcomers: NewcomerBook) => {
  const target = mapped(mapping.stages);
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const byName = nameIndex(stages, ({ name, externalRef }) => [name, externalRef]);

  const open = (match: Match<Stage>): Match<Stage> =>
    'found' in match && match.found.status === 'closed'
      ? unmatched('stage-closed', 'the stage is closed; reopen it first', 'stage', match.found.id)
      : match;

  const ofProject = (match: Match<Stage>, { id }: Project): Match<Stage> =>
    'found' in match && match.found.projectId !== id
      ? unmatched('stage-of-another-project', `the stage mapped to is not of project ${id}`, 'stage', match.found.id)
      : match;

  const created = (key: string, entry: TrackerEntry, project: Project): Match<Stage> => {
    const made = newcomers.stage(key, entry, project, (id) => byId.get(id));
    if ('found' in made && !byId.has(made.found.id)) {
      byId.set(made.found.id, made.found);
      byName.add(made.found);
    }
    return made;
  };

  return (entry: TrackerEntry, project: Project): Match<Stage> => {
    const { client, project: name, task } = entry;
    const key = keyOf(client, name, task);
    const id = target([key, keyOf(name, task)]);
    if (id !== undefined) return open(ofProject(mappedTo('stages', id, byId), project));
    const candidates = byName.named(task).filter(({ projectId }) => projectId === project.id);
    const match = onlyOne('stages', key, candidates);
    return open(isUnknown(match) ? created(key, entry, project) : match);
  };
};
