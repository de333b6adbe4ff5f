import type { CommandContext, Commands } from '@headroom/commanding';
import { projectionNames } from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import { monthOf } from '@headroom/kernel';
import type { ReadModels } from '@headroom/projecting';
import { type CorrectHours, decideCorrectHours, decideVoidHours } from '../decisions/timesheet.ts';
import { stageStreamId, timesheetStreamId } from '../events/streams.ts';
import { timeEntryTable, voidedEntryTable } from '../read-models/tables.ts';
import { stageKind, timesheetKind } from './kinds.ts';
import { destinationOf } from './log-hours.ts';

interface Deps {
  readonly commands: Commands;
  readonly readModels: ReadModels;
}

const WAIT_MS = 2_000;

/** In whose timesheet an entry stands, or stood before it was voided; undefined when it was never logged. */
const timesheetOf = async ({ commands, readModels }: Deps, tenantId: string, entryId: string) => {
  const projection = projectionNames.profitability;
  if (!(await readModels.caughtUp([projection], await commands.head(), WAIT_MS))) {
    throw new Unavailable('the read models lag behind the log');
  }
  const row =
    (await readModels.row(projection, timeEntryTable, tenantId, entryId)).row ??
    (await readModels.row(projection, voidedEntryTable, tenantId, entryId)).row;
  return row === undefined
    ? undefined
    : { streamId: timesheetStreamId(tenantId, row.specialistId, monthOf(row.workDate)), stageId: row.stageId };
};

const stageOf = async (commands: Commands, tenantId: string, stageId: string | null) =>
  stageId === null ? undefined : (await commands.state(stageKind, stageStreamId(tenantId, stageId))).state;

/** Corrects an entry in the timesheet that holds it; undefined when there is no such entry. */
export const correctHours = async (
  deps: Deps,
  context: CommandContext,
  command: CorrectHours & { readonly reason: string },
) => {
  const { commands } = deps;
  const found = await timesheetOf(deps, context.tenantId, command.entryId);
  if (found === undefined) return undefined;
  const from = await stageOf(commands, context.tenantId, found.stageId);
  const to = await destinationOf(commands, context.tenantId, command);
  return commands.execute({
    kind: timesheetKind,
    streamId: found.streamId,
    context,
    reason: command.reason,
    decide: (timesheet) => decideCorrectHours(command, timesheet, { from, to }),
  });
};

/** Voids an entry; undefined when there is no such entry. */
export const voidHours = async (
  deps: Deps,
  context: CommandContext,
  command: { readonly entryId: string; readonly reason: string },
) => {
  const found = await timesheetOf(deps, context.tenantId, command.entryId);
  if (found === undefined) return undefined;
  const from = await stageOf(deps.commands, context.tenantId, found.stageId);
  return deps.commands.execute({
    kind: timesheetKind,
    streamId: found.streamId,
    context,
    reason: command.reason,
    decide: (timesheet) => decideVoidHours(command, timesheet, from),
  });
};
