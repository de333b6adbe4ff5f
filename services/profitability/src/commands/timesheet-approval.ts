import type { CommandContext, Commands } from '@headroom/commanding';
import {
  decideApproveHours,
  decideRejectHours,
  decideSubmitHours,
  type JudgeHours,
  type Selection,
} from '../decisions/timesheet-approval.ts';
import { specialistStreamId, timesheetStreamId } from '../events/streams.ts';
import { specialistKind, timesheetKind } from './kinds.ts';

/** The timesheet of a specialist and month; undefined when there is no such specialist. */
const timesheetOf = async (
  commands: Commands,
  { tenantId }: CommandContext,
  { specialistId, month }: Pick<Selection, 'specialistId' | 'month'>,
) => {
  const { state } = await commands.state(specialistKind, specialistStreamId(tenantId, specialistId));
  if (state.data === undefined) return undefined;
  return { kind: timesheetKind, streamId: timesheetStreamId(tenantId, specialistId, month) };
};

export const submitHours = async (commands: Commands, context: CommandContext, command: Selection) => {
  const timesheet = await timesheetOf(commands, context, command);
  if (timesheet === undefined) return undefined;
  return commands.execute({ ...timesheet, context, decide: (state) => decideSubmitHours(command, state) });
};

type Judgement = JudgeHours & { readonly reason?: string | undefined };

const because = ({ reason }: Judgement) => (reason === undefined ? {} : { reason });

export const approveHours = async (commands: Commands, context: CommandContext, command: Judgement) => {
  const timesheet = await timesheetOf(commands, context, command);
  if (timesheet === undefined) return undefined;
  const decide = (state: Parameters<typeof decideApproveHours>[1]) => decideApproveHours(command, state);
  return commands.execute({ ...timesheet, context, ...because(command), decide });
};

export const rejectHours = async (commands: Commands, context: CommandContext, command: Judgement) => {
  const timesheet = await timesheetOf(commands, context, command);
  if (timesheet === undefined) return undefined;
  const decide = (state: Parameters<typeof decideRejectHours>[1]) => decideRejectHours(command, state);
  return commands.execute({ ...timesheet, context, ...because(command), decide });
};
