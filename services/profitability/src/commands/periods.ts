import type { CommandContext, Commands } from '@headroom/commanding';
import { decideClosePeriod, decideReopenPeriod } from '../decisions/periods.ts';
import { periodsStreamId } from '../events/streams.ts';
import { periodsKind } from './kinds.ts';
import { booksOf } from './time-rules.ts';

export const closePeriod = async (
  commands: Commands,
  context: CommandContext,
  command: { readonly month: string; readonly reason?: string | undefined },
) => {
  const { today } = await booksOf(commands, context);
  return commands.execute({
    kind: periodsKind,
    streamId: periodsStreamId(context.tenantId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (periods) => decideClosePeriod({ month: command.month, today }, periods),
  });
};

export const reopenPeriod = (
  commands: Commands,
  context: CommandContext,
  command: { readonly month: string; readonly reason: string },
) =>
  commands.execute({
    kind: periodsKind,
    streamId: periodsStreamId(context.tenantId),
    context,
    reason: command.reason,
    decide: (periods) => decideReopenPeriod(command, periods),
  });
