import type { importTimeEntries, ResponseOf } from '@headroom/contracts/rest';
import type { Newcomers } from '../../imports/index.ts';
import { SHOWN_ERRORS } from './import-request.ts';
import { NOTHING_YET } from './log-rows.ts';
import type { Imported } from './run-import.ts';

type Surveyed = Extract<Imported, { readonly survey: unknown }>;

const SHOWN_NEWCOMERS = 1_000;

const shown = (things: Newcomers['people' | 'clients' | 'projects' | 'stages']) =>
  things.slice(0, SHOWN_NEWCOMERS).map(({ id, name }) => ({ id, name }));

const countsOf = (imported: Surveyed) => ('counts' in imported ? imported.counts : NOTHING_YET);

/** What the caller is told of an import, at once or as the result of the long work. */
export const importAnswer = (importId: string, imported: Surveyed): ResponseOf<typeof importTimeEntries> => {
  const { survey, kind } = imported;
  const counts = countsOf(imported);
  const { planned, refused, skipped, seconds, unmapped } = survey.summary;
  const { people, clients, projects, stages } = survey.newcomers;
  const dryRun = kind === 'dry-run';
  const brought = kind === 'completed' || kind === 'cancelled' || dryRun;
  const names = (list: typeof unmapped.people) => list.map((each) => ({ ...each, candidates: [...each.candidates] }));
  return {
    importId,
    dryRun,
    created: dryRun ? planned : counts.created,
    alreadyImported: counts.alreadyImported,
    refused: refused + counts.refused,
    skipped,
    seconds,
    errors: [...survey.errors, ...counts.problems].sort((one, other) => one.line - other.line).slice(0, SHOWN_ERRORS),
    unmapped: {
      people: names(unmapped.people),
      clients: names(unmapped.clients),
      projects: names(unmapped.projects),
      stages: names(unmapped.stages),
    },
    newcomers: brought
      ? { people: shown(people), clients: shown(clients), projects: shown(projects), stages: shown(stages) }
      : { people: [], clients: [], projects: [], stages: [] },
    position: counts.position === 0 ? null : counts.position,
  };
};
