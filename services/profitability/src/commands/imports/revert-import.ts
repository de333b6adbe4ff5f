import type { CommandContext, Commands } from '@headroom/commanding';
import { projectionNames } from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import { derivedId, monthOf, refuse } from '@headroom/kernel';
import type { OrderValue, ReadModels, RowReader } from '@headroom/projecting';
import { decideRevertImport } from '../../decisions/import.ts';
import { hasChanged, revertKey } from '../../decisions/imported-hours.ts';
import type { Timesheet } from '../../decisions/timesheet.ts';
import { decideVoidHours } from '../../decisions/timesheet-correct.ts';
import { importStreamId, stageStreamId, timesheetStreamId } from '../../events/streams.ts';
import { type ImportRow, importTable } from '../../read-models/import-table.ts';
import { timeEntryTable, voidedEntryTable } from '../../read-models/tables.ts';
import { importedHoursKind, importKind, stageKind, timesheetKind } from '../kinds.ts';
import { timeRulesOf } from '../time-rules.ts';

export interface RevertDeps {
  readonly commands: Commands;
  readonly readModels: ReadModels;
}

export interface RevertRequest {
  readonly context: CommandContext;
  readonly importId: string;
  readonly reason: string;
  /** What becomes of entries that somebody changed since. */
  readonly changed: 'leave' | 'void';
}

export interface RevertWork {
  readonly report: (progress: { readonly done: number; readonly total: number }) => Promise<void>;
}

/** An entry that stays, and why. */
export interface LeftEntry {
  readonly entryId: string;
  readonly code: string;
}

export interface Reverted {
  readonly voided: number;
  readonly left: number;
  /** The first of those that stay. */
  readonly leftEntries: readonly LeftEntry[];
  readonly position: number;
}

export type RevertOutcome =
  | { readonly kind: 'reverted'; readonly reverted: Reverted }
  | { readonly kind: 'nothing-to-revert' | 'import-not-found' | 'key-reused' | 'in-flight' };

const projections = [projectionNames.profitability];
const RUN = 500;
const SHOWN_LEFT = 1_000;

/** The import as the read models know it, with all that was recorded before. Throws `Unavailable` when they lag. */
export const importRow = async (
  { commands, readModels }: RevertDeps,
  tenantId: string,
  importId: string,
  patienceMs: number,
): Promise<ImportRow | undefined> => {
  if (!(await readModels.caughtUp(projections, await commands.head(), patienceMs))) {
    throw new Unavailable('the read models lag behind the log');
  }
  return readModels.live(projections, (reader) => reader.get(importTable, tenantId, importId));
};

interface Entry {
  readonly tenantId: string;
  readonly entryId: string;
  readonly specialistId: string;
  /** The day of the work, whose month's timesheet holds the entry. */
  readonly workedOn: string;
  readonly stageId: string | null;
}

/** Pages of an import's entries in one of two tables, in the order of their ids. */
async function* entriesIn(
  { readModels }: RevertDeps,
  table: typeof timeEntryTable | typeof voidedEntryTable,
  tenantId: string,
  importId: string,
): AsyncGenerator<readonly Entry[]> {
  const where = [
    { column: 'tenantId', equals: tenantId },
    { column: 'importId', equals: importId },
    // Lines that post a difference to an entry are not the import's.
    ...(table === timeEntryTable ? [{ column: 'adjusts', equals: null }] : []),
  ];
  let after: readonly OrderValue[] | undefined;
  for (;;) {
    const options = { where, orderBy: [], limit: RUN, ...(after === undefined ? {} : { after }) };
    const list = (reader: RowReader): Promise<Entry[]> =>
      table === timeEntryTable ? reader.list(timeEntryTable, options) : reader.list(voidedEntryTable, options);
    const rows = await readModels.live(projections, list);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = [tenantId, last.entryId];
  }
}

const entryContext = (context: CommandContext, entryId: string): CommandContext => {
  const { expectedRevision: _, ...rest } = context;
  return {
    ...rest,
    commandKey: revertKey(derivedId(context.commandKey, entryId)),
    fingerprint: derivedId(context.fingerprint, entryId),
  };
};

const voidWish = async (commands: Commands, { context, changed, reason }: RevertRequest, entry: Entry) => {
  const { tenantId } = context;
  const { entryId, specialistId, workedOn: workDate, stageId } = entry;
  const streamId = timesheetStreamId(tenantId, specialistId, monthOf(workDate));
  const [came, rules, stage] = await Promise.all([
    commands.state(importedHoursKind, streamId),
    timeRulesOf(commands, context, { specialistId, workDate }),
    stageId === null ? undefined : commands.state(stageKind, stageStreamId(tenantId, stageId)),
  ]);
  const asImported = came.state.asImported.get(entryId);
  return {
    kind: timesheetKind,
    streamId,
    context: entryContext(context, entryId),
    reason,
    decide: (timesheet: Timesheet) => {
      const now = timesheet.entries.get(entryId);
      if (changed === 'leave' && now !== undefined && now !== 'voided' && hasChanged(asImported, now))
        return refuse('entry-changed');
      return decideVoidHours({ entryId, adjustmentId: '' }, timesheet, { from: stage?.state, rules });
    },
  };
};

const NONE: Reverted = { voided: 0, left: 0, leftEntries: [], position: 0 };

const voidRun = async (
  commands: Commands,
  request: RevertRequest,
  entries: readonly Entry[],
  before: Reverted,
): Promise<Reverted> => {
  const wishes = await Promise.all(entries.map((entry) => voidWish(commands, request, entry)));
  const outcomes = await commands.executeAll(wishes, 'best-effort');
  let { voided, left, position } = before;
  const leftEntries = [...before.leftEntries];
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.kind === 'accepted') {
      voided += 1;
      position = Math.max(position, outcome.position);
      continue;
    }
    const code = outcome.kind === 'refused' ? outcome.code : outcome.kind;
    // Somebody voided it before us.
    if (code === 'entry-voided') continue;
    left += 1;
    if (leftEntries.length < SHOWN_LEFT) leftEntries.push({ entryId: entries[index]?.entryId ?? '', code });
  }
  return { voided, left, leftEntries, position };
};

const writeDown = ({ commands }: RevertDeps, { context, importId, reason }: RevertRequest, reverted: Reverted) => {
  const { expectedRevision: _, ...rest } = context;
  const { voided, left } = reverted;
  return commands.execute({
    kind: importKind,
    streamId: importStreamId(context.tenantId, importId),
    context: rest,
    reason,
    decide: (state) => decideRevertImport({ importId, voided, left }, state),
  });
};

/**
 * Voids all entries of an import that are still as they came, and those that were changed since if that is wished. What
 * was voided by hand before stays so; what cannot be voided (its stage is closed) is left and named. Begun anew it counts
 * what it voided before.
 */
export const revertImport = async (
  deps: RevertDeps,
  request: RevertRequest,
  { created }: ImportRow,
  work: RevertWork,
): Promise<RevertOutcome> => {
  const { context, importId } = request;
  let sum = NONE;
  let done = 0;
  for (const table of [voidedEntryTable, timeEntryTable] as const) {
    for await (const entries of entriesIn(deps, table, context.tenantId, importId)) {
      sum = await voidRun(deps.commands, request, entries, sum);
      done += entries.length;
      await work.report({ done: Math.min(done, created), total: created });
    }
  }
  const outcome = await writeDown(deps, request, sum);
  if (outcome.kind === 'accepted')
    return { kind: 'reverted', reverted: { ...sum, position: Math.max(sum.position, outcome.position) } };
  if (outcome.kind === 'refused') return { kind: outcome.code };
  if (outcome.kind === 'revision-mismatch') throw new Error('no revision was expected');
  return { kind: outcome.kind };
};
