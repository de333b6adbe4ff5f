import type { CommandContext, Commands } from '@headroom/commanding';
import { logRefusals } from '@headroom/contracts/rest/profitability/time-rules';
import { derivedId, localDate } from '@headroom/kernel';
import type { PlannedRow } from '../../imports/index.ts';
import type { LogHoursCommand } from '../log-hours.ts';
import { hoursWishes } from '../log-many-hours.ts';
import {
  type ImportCounts,
  type ImportDeps,
  type ImportError,
  type ImportRequest,
  SHOWN_ERRORS,
} from './import-request.ts';
import { commandKeys } from './row-keys.ts';
import type { Ground } from './survey.ts';

/** The person is in the fingerprint: mapped to another one, the row is told to have been imported before. */
const rowContext = (context: CommandContext, commandKey: string, { rowKey, hours }: PlannedRow): CommandContext => {
  const { expectedRevision: _, ...rest } = context;
  return { ...rest, commandKey, fingerprint: derivedId('import', rowKey, hours.specialistId) };
};

/** The day that the tracker shows counts; a beginning that is on another day where the agency is says nothing then. */
const startedOnItsDay = (startedAt: string | null, workDate: string, timeZone: string): string | undefined =>
  startedAt !== null && localDate(startedAt, timeZone) === workDate ? startedAt : undefined;

const carryOut = async (
  commands: Commands,
  { context, importId }: ImportRequest,
  rows: readonly PlannedRow[],
  keys: readonly string[],
  { timeZone }: Ground,
) => {
  const items = rows.map((row, index) => {
    const { stageId, projectId, requestId: _, clientId: __, note, externalRef, startedAt, ...hours } = row.hours;
    const command: LogHoursCommand = {
      ...hours,
      ...(stageId === null ? { projectId } : { stageId }),
      startedAt: startedOnItsDay(startedAt, hours.workDate, timeZone),
      note: note ?? undefined,
      externalRef: externalRef ?? undefined,
      importId,
    };
    return { context: rowContext(context, keys[index] as string, row), command };
  });
  const wishes = await hoursWishes(commands, context, items);
  return commands.executeAll(wishes, 'best-effort');
};

const MEANINGS: Readonly<Record<string, string>> = {
  ...logRefusals,
  'key-reused': 'The row was imported before for another person.',
};

type Outcome = Awaited<ReturnType<typeof carryOut>>[number];

const problemOf = (outcome: Exclude<Outcome, { kind: 'accepted' }>, { line }: PlannedRow): ImportError => {
  const code = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const detail = outcome.kind === 'refused' ? outcome.detail : undefined;
  // The entry in whose way it is.
  const value = typeof detail?.overlaps === 'string' ? detail.overlaps : null;
  return {
    line,
    code,
    column: null,
    message: MEANINGS[code] ?? 'The hours were refused when they were logged.',
    value,
  };
};

export const NOTHING_YET: ImportCounts = {
  rows: 0,
  created: 0,
  createdSeconds: 0,
  alreadyImported: 0,
  position: 0,
  problems: [],
  refused: 0,
};

/** Whether this very import logged the row: now, or in an attempt before. */
const isOwn = ({ events }: Extract<Outcome, { kind: 'accepted' }>, importId: string): boolean =>
  events.some(({ type, data }) => type === 'HoursLogged' && data.importId === importId);

/** Logs rows, and adds to the counts what became of them. */
export const logRows = async (
  { commands, readModels }: ImportDeps,
  request: ImportRequest,
  rows: readonly PlannedRow[],
  ground: Ground,
  before: ImportCounts,
): Promise<ImportCounts> => {
  const keys = await commandKeys(readModels, request.context.tenantId, rows, ground.reverted);
  const outcomes = await carryOut(commands, request, rows, keys, ground);
  let { created, createdSeconds, alreadyImported, position, refused } = before;
  const problems = [...before.problems];
  for (const [index, outcome] of outcomes.entries()) {
    const row = rows[index] as PlannedRow;
    if (outcome.kind !== 'accepted') {
      refused += 1;
      if (problems.length < SHOWN_ERRORS) problems.push(problemOf(outcome, row));
    } else if (isOwn(outcome, request.importId)) {
      created += 1;
      createdSeconds += row.hours.seconds;
      position = Math.max(position, outcome.position);
    } else alreadyImported += 1;
  }
  return { rows: before.rows + rows.length, created, createdSeconds, alreadyImported, position, problems, refused };
};
