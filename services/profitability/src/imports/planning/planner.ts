import type { ParsedLine, ParsedRow } from '../parse-tracker-file.ts';
import type { LineProblem } from '../problem.ts';
import type { TrackerEntry } from '../tracker-entry.ts';
import type { Directory, ImportMapping, PlanOptions, Project, Stage } from './directory.ts';
import { fittingTexts } from './fitting-texts.ts';
import type { Match, Unmatched } from './match.ts';
import { activityMatcher } from './match-activity.ts';
import { personMatcher } from './match-person.ts';
import { projectMatcher } from './match-project.ts';
import { stageMatcher } from './match-stage.ts';
import { type NewcomerBook, type Newcomers, newcomerBook } from './newcomers.ts';
import type { Notice, PlannedHours } from './planned-hours.ts';
import { type ImportSummary, importTally } from './summary.ts';
import { unmappedNames } from './unmapped.ts';

/** A row that can be imported: the fields of its `HoursLogged`, and the key by which it is known again. */
export interface PlannedRow {
  readonly line: number;
  readonly rowKey: string;
  readonly hours: PlannedHours;
  readonly notices: readonly Notice[];
}

export type PlannedLine = PlannedRow | LineProblem;

/** Plans row after row, and sums up what it has seen so far. It holds no row once it has answered. */
export interface ImportPlanner {
  readonly plan: (line: ParsedLine) => PlannedLine;
  readonly summary: () => ImportSummary;
  /** What has to be created before the rows planned so far can be imported. */
  readonly newcomers: () => Newcomers;
}

type Place = { readonly project: Match<Project>; readonly stage: Match<Stage | null> | undefined };

/** Places that are found are kept, up to this many: a file names the same ones again and again. */
const MOST_SETTLED = 10_000;

const placeFinder = (directory: Directory, mapping: ImportMapping, newcomers: NewcomerBook) => {
  const projectOf = projectMatcher(directory, mapping, newcomers);
  const stageOf = stageMatcher(directory, mapping, newcomers);
  const find = (entry: TrackerEntry): Place => {
    const project = projectOf(entry);
    return { project, stage: 'found' in project ? stageOf(entry, project.found) : undefined };
  };
  const settled = new Map<string, Place>();
  return (entry: TrackerEntry): Place => {
    const { client, project, projectCode, task } = entry;
    // Whom the rest of the file brings along can make another answer ambiguous, never one within a named client.
    if (client === '' || projectCode !== null) return find(entry);
    const key = `${client}\n${project}\n${task}`;
    const place = settled.get(key) ?? find(entry);
    if ('error' in place.project || place.stage === undefined || 'error' in place.stage) return place;
    if (settled.size >= MOST_SETTLED) settled.clear();
    settled.set(key, place);
    return place;
  };
};

const failuresOf = (...matches: readonly (Match<unknown> | undefined)[]): Unmatched[] =>
  matches.filter((match) => match !== undefined && 'error' in match);

/**
 * Makes a planner, which finds for each entry of a file the specialist, project, stage and activity among the agency's own:
 * by the mapping, else by a name that only one of them has. Nothing is guessed: the rest is a problem by line, and what
 * the mapping should name is listed in the summary. Time is never goodwill by import; it is `production` unless its task or
 * a tag of it is mapped to another activity.
 */
export const createPlanner = (
  directory: Directory,
  mapping: ImportMapping = {},
  options: PlanOptions = {},
): ImportPlanner => {
  const newcomers = newcomerBook(options);
  const personOf = personMatcher(directory, mapping, newcomers);
  const placeOf = placeFinder(directory, mapping, newcomers);
  const activityOf = activityMatcher(mapping);
  const unmapped = unmappedNames();
  const tally = importTally();

  const refused = (line: number, error: LineProblem['error']): LineProblem => {
    tally.problem(error);
    return { line, error };
  };

  const withoutStage = ({ error }: Unmatched): boolean =>
    options.unknown?.stages === 'unattributed' && error.code === 'unknown-stage';

  const planRow = ({ line, rowKey, entry }: ParsedRow): PlannedLine => {
    const person = personOf(entry.person);
    const { project, stage } = placeOf(entry);
    const activity = activityOf(entry);
    const failures = failuresOf(person, project, stage, activity);
    for (const { missing } of failures) if (missing !== undefined) unmapped.add(missing, entry.seconds);
    const failure = failures.find((each) => !withoutStage(each));
    if (failure !== undefined) return refused(line, failure.error);
    if (!('found' in person && 'found' in project && 'found' in activity)) throw new Error('a match failed unseen');
    const { notices, ...texts } = fittingTexts(entry.note, entry.externalRef);
    const hours: PlannedHours = {
      specialistId: person.found.id,
      stageId: stage !== undefined && 'found' in stage ? (stage.found?.id ?? null) : null,
      projectId: project.found.id,
      clientId: project.found.clientId,
      workDate: entry.workDate,
      seconds: entry.seconds,
      startedAt: entry.startedAt ?? null,
      activity: activity.found,
      billable: entry.billable,
      goodwill: false,
      requestId: null,
      ...texts,
    };
    const { specialistId: people, clientId: clients, projectId: projects, stageId: stages } = hours;
    newcomers.needed({ people, clients, projects, stages }, entry.workDate);
    tally.planned(hours, notices);
    return { line, rowKey, hours, notices };
  };

  return {
    plan: (line) => ('error' in line ? refused(line.line, line.error) : planRow(line)),
    summary: () => tally.summary(unmapped.list()),
    newcomers: newcomers.list,
  };
};
