import type { CommandContext, Commands } from '@headroom/commanding';
import { projectionNames } from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import { derivedId, monthOf } from '@headroom/kernel';
import type { ReadModels } from '@headroom/projecting';
import type { Timesheet } from '../decisions/timesheet.ts';
import {
  type CorrectHours,
  decideCorrectHours,
  decideVoidHours,
  type VoidHours,
} from '../decisions/timesheet-correct.ts';
import { stageStreamId, timesheetStreamId } from '../events/streams.ts';
import { timeEntryTable, voidedEntryTable } from '../read-models/tables.ts';
import { stageKind, timesheetKind } from './kinds.ts';
import { destinationOf } from './log-hours.ts';
import { timeRulesOf } from './time-rules.ts';

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
  if (row === undefined) return undefined;
  const { specialistId, stageId, workedOn: workDate } = row;
  return { streamId: timesheetStreamId(tenantId, specialistId, monthOf(workDate)), specialistId, stageId, workDate };
};

const stageOf = async (commands: Commands, tenantId: string, stageId: string | null) =>
  stageId === null ? undefined : (await commands.state(stageKind, stageStreamId(tenantId, stageId))).state;

const adjustmentIdOf = ({ tenantId, commandKey }: CommandContext): string =>
  derivedId('adjustment', tenantId, commandKey);

type Command = Omit<CorrectHours, 'adjustmentId'> & { readonly reason: string };

const correctionWish = async (deps: Deps, context: CommandContext, command: Command) => {
  const { commands } = deps;
  const found = await timesheetOf(deps, context.tenantId, command.entryId);
  if (found === undefined) return undefined;
  const from = await stageOf(commands, context.tenantId, found.stageId);
  const to = await destinationOf(commands, context.tenantId, command);
  const { specialistId, workDate } = found;
  const rules = await timeRulesOf(commands, context, { specialistId, workDate: command.workDate ?? workDate });
  const adjustmentId = adjustmentIdOf(context);
  return {
    kind: timesheetKind,
    streamId: found.streamId,
    context,
    reason: command.reason,
    decide: (timesheet: Timesheet) => decideCorrectHours({ ...command, adjustmentId }, timesheet, { from, to, rules }),
  };
};

/** Corrects an entry in the timesheet that holds it; undefined when there is no such entry. */
export const correctHours = async (deps: Deps, context: CommandContext, command: Command) => {
  const wish = await correctionWish(deps, context, command);
  return wish === undefined ? undefined : deps.commands.execute(wish);
};

/** An entry becomes goodwill; in a closed month, or once it was adjusted, through an adjustment. */
export const goodwillWish = (
  deps: Deps,
  context: CommandContext,
  command: { readonly entryId: string; readonly reason: string },
) => correctionWish(deps, context, { ...command, goodwill: true, billable: false, adjustment: true });

/** Voids an entry; undefined when there is no such entry. */
export const voidHours = async (
  deps: Deps,
  context: CommandContext,
  command: Omit<VoidHours, 'adjustmentId'> & { readonly reason: string },
) => {
  const found = await timesheetOf(deps, context.tenantId, command.entryId);
  if (found === undefined) return undefined;
  const from = await stageOf(deps.commands, context.tenantId, found.stageId);
  const rules = await timeRulesOf(deps.commands, context, found);
  const adjustmentId = adjustmentIdOf(context);
  return deps.commands.execute({
    kind: timesheetKind,
    streamId: found.streamId,
    context,
    reason: command.reason,
    decide: (timesheet) => decideVoidHours({ ...command, adjustmentId }, timesheet, { from, rules }),
  });
};
