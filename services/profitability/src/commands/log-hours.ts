import type { CommandContext, Commands, Wish } from '@headroom/commanding';
import { derivedId, monthOf } from '@headroom/kernel';
import type { Destination } from '../decisions/destination.ts';
import type { Timesheet } from '../decisions/timesheet.ts';
import {
  decideLogHours,
  type LogHours,
  type LogHoursRefusal,
  type LogHoursSurroundings,
} from '../decisions/timesheet-log.ts';
import {
  projectStreamId,
  requestStreamId,
  specialistStreamId,
  stageStreamId,
  type TimesheetEvent,
  timesheetStreamId,
} from '../events/streams.ts';
import { projectKind, requestKind, specialistKind, stageKind, timesheetKind } from './kinds.ts';
import { timeRulesOf } from './time-rules.ts';

export type LogHoursCommand = Omit<LogHours, 'entryId'> & {
  readonly stageId?: string | undefined;
};

export type LogHoursWish = Wish<Timesheet, TimesheetEvent, LogHoursRefusal>;

/** Where hours or a correction are to go, read from the streams named. */
export const destinationOf = async (
  commands: Commands,
  tenantId: string,
  {
    stageId,
    projectId,
    requestId,
  }: {
    readonly stageId?: string | undefined;
    readonly projectId?: string | undefined;
    readonly requestId?: string | null | undefined;
  },
): Promise<Destination> => {
  const [stage, project, request] = await Promise.all([
    stageId === undefined ? undefined : commands.state(stageKind, stageStreamId(tenantId, stageId)),
    projectId === undefined ? undefined : commands.state(projectKind, projectStreamId(tenantId, projectId)),
    requestId == null ? undefined : commands.state(requestKind, requestStreamId(tenantId, requestId)),
  ]);
  return { stage: stage?.state, project: project?.state, request: request?.state };
};

/** The wish to log hours, given what the streams around it say; the timesheet of the month will decide. */
export const hoursWish = (
  context: CommandContext,
  command: LogHoursCommand,
  surroundings: LogHoursSurroundings,
): LogHoursWish => {
  const { tenantId, commandKey } = context;
  // Made of the command's key, which is one of a kind in a tenant: no two timesheets hold an entry of the same id.
  const entryId = derivedId('entry', tenantId, commandKey);
  return {
    kind: timesheetKind,
    streamId: timesheetStreamId(tenantId, command.specialistId, monthOf(command.workDate)),
    context,
    decide: (timesheet) => decideLogHours({ ...command, entryId }, timesheet, surroundings),
  };
};

const logHoursWish = async (commands: Commands, context: CommandContext, command: LogHoursCommand) => {
  const { tenantId } = context;
  const [specialist, destination, rules] = await Promise.all([
    commands.state(specialistKind, specialistStreamId(tenantId, command.specialistId)),
    destinationOf(commands, tenantId, command),
    timeRulesOf(commands, context, command),
  ]);
  return hoursWish(context, command, { specialist: specialist.state, destination, rules });
};

export const logHours = async (commands: Commands, context: CommandContext, command: LogHoursCommand) =>
  commands.execute(await logHoursWish(commands, context, command));
