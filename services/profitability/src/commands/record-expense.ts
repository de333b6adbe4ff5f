import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideRecordExpense, type RecordExpense } from '../decisions/record-expense.ts';
import { stageStreamId } from '../events/streams.ts';
import { stageKind } from './kinds.ts';
import { booksOf } from './time-rules.ts';

export const recordExpense = async (
  commands: Commands,
  context: CommandContext,
  command: Omit<RecordExpense, 'expenseId'> & {
    readonly stageId: string;
    readonly expenseId?: string | undefined;
    readonly reason?: string | undefined;
  },
) => {
  const expenseId = command.expenseId ?? derivedId('expense', context.tenantId, context.commandKey);
  const books = await booksOf(commands, context);
  return commands.execute({
    kind: stageKind,
    streamId: stageStreamId(context.tenantId, command.stageId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (stage) => decideRecordExpense({ ...command, expenseId }, stage, books),
  });
};
