import type { CommandContext, Commands } from '@headroom/commanding';
import { projectionNames } from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import { derivedId } from '@headroom/kernel';
import type { ReadModels } from '@headroom/projecting';
import {
  type ImportMapping,
  type ParseOptions,
  type PlannedRow,
  parseTrackerFile,
  planImport,
} from '../imports/index.ts';
import { importDirectory } from '../read-models/import-directory.ts';
import { configured } from '../read-models/stage-view.ts';
import { logHoursWish } from './log-hours.ts';

interface Deps {
  readonly commands: Commands;
  readonly readModels: ReadModels;
}

export interface ImportTimeEntries extends Omit<ParseOptions, 'timeZone'> {
  readonly content: string;
  readonly timeZone?: string | undefined;
  readonly mapping?: ImportMapping | undefined;
  readonly unknownStage: 'refuse' | 'unattributed';
  readonly dryRun: boolean;
}

const WAIT_MS = 2_000;
/** Rows whose wishes are held at a time. */
const CHUNK = 2_000;

const directoryOf = async ({ commands, readModels }: Deps, tenantId: string) => {
  const projections = [projectionNames.profitability];
  if (!(await readModels.caughtUp(projections, await commands.head(), WAIT_MS))) {
    throw new Unavailable('the read models lag behind the log');
  }
  return readModels.live(projections, async (reader) => {
    const agency = await configured(reader, tenantId);
    return agency === undefined
      ? undefined
      : { timeZone: agency.settings.timeZone, directory: await importDirectory(reader, tenantId) };
  });
};

/**
 * The context of a row: its key is made of what the row says, so that the row is known again in any later file. The
 * person is in the fingerprint: mapped to another one, the row is told to have been imported before.
 */
const rowContext = (context: CommandContext, { rowKey, hours }: PlannedRow): CommandContext => {
  const { expectedRevision: _, ...rest } = context;
  return {
    ...rest,
    commandKey: `import:${rowKey}`,
    fingerprint: derivedId('import', rowKey, hours.specialistId),
  };
};

const carryOut = async (commands: Commands, context: CommandContext, rows: readonly PlannedRow[], importId: string) => {
  const wishes = await Promise.all(
    rows.map((row) => {
      const { stageId, projectId, requestId: _, clientId: __, note, externalRef, ...hours } = row.hours;
      return logHoursWish(commands, rowContext(context, row), {
        ...hours,
        ...(stageId === null ? { projectId } : { stageId }),
        note: note ?? undefined,
        externalRef: externalRef ?? undefined,
        importId,
      });
    }),
  );
  return commands.executeAll(wishes, 'best-effort');
};

type Outcomes = Awaited<ReturnType<typeof carryOut>>;

/** What a line was refused for, by the file's reader, by the planner or by the decision. */
export interface ImportError {
  readonly line: number;
  readonly error: {
    readonly code: string;
    readonly column: string | null;
    readonly message: string;
    readonly value: string | null;
  };
}

const problemOf = (outcome: Outcomes[number], { line }: PlannedRow): ImportError | undefined => {
  if (outcome.kind === 'accepted') return undefined;
  const code = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const message =
    code === 'key-reused'
      ? 'the row was imported before for another person'
      : 'the hours were refused when they were logged';
  return { line, error: { code, column: null, message, value: null } };
};

/** Adds up what became of the rows; a row that this very import logged before (a retry) counts as created. */
const tally = (importId: string) => {
  const sums = { created: 0, alreadyImported: 0, position: 0 };
  const problems: ImportError[] = [];
  return {
    sums,
    problems,
    add: (outcomes: Outcomes, rows: readonly PlannedRow[]): void => {
      for (const [index, outcome] of outcomes.entries()) {
        const problem = problemOf(outcome, rows[index] as PlannedRow);
        if (problem !== undefined) problems.push(problem);
        if (outcome.kind !== 'accepted') continue;
        const own = outcome.events.some(({ type, data }) => type === 'HoursLogged' && data.importId === importId);
        sums[own ? 'created' : 'alreadyImported'] += 1;
        sums.position = Math.max(sums.position, outcome.position);
      }
    },
  };
};

/** Imports a tracker's file: plans its rows by the agency's directory, then logs those that can be. */
export const importTimeEntries = async (deps: Deps, context: CommandContext, command: ImportTimeEntries) => {
  const { tenantId } = context;
  const found = await directoryOf(deps, tenantId);
  if (found === undefined) return 'agency-not-configured';
  const { content, timeZone = found.timeZone, mapping, unknownStage, dryRun, ...options } = command;
  const lines = parseTrackerFile(Buffer.from(content, 'utf8'), { ...options, timeZone });
  const plan = await planImport(lines, found.directory, mapping, { unknownStage });
  const importId = derivedId('import', tenantId, context.commandKey);
  const carried = tally(importId);
  if (!plan.summary.fileRefused && !dryRun) {
    for (let start = 0; start < plan.rows.length; start += CHUNK) {
      const rows = plan.rows.slice(start, start + CHUNK);
      carried.add(await carryOut(deps.commands, context, rows, importId), rows);
    }
  }
  return { importId, plan, ...carried.sums, problems: carried.problems };
};
