import type { CommandContext, Commands } from '@headroom/commanding';
import { decideVoidExpense } from '../decisions/record-expense.ts';
import type { Posting } from '../decisions/timesheet-rules.ts';
import { stageStreamId } from '../events/streams.ts';
import { stageKind } from './kinds.ts';
import { booksOf } from './time-rules.ts';

export const voidExpense = async (
  commands: Commands,
  context: CommandContext,
  command: Posting & { readonly stageId: string; readonly expenseId: string; readonly reason: string },
) => {
  const books = await booksOf(commands, context);
  return commands.execute({
    kind: stageKind,
    streamId: stageStreamId(context.tenantId, command.stageId),
    context,
    reason: command.reason,
    decide: (stage) => decideVoidExpense(command, stage, books),
  });
};
