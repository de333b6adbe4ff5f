import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideRecordExpense, type RecordExpense } from '../decisions/record-expense.ts';
import { stageStreamId } from '../events/streams.ts';
import { stageKind } from './kinds.ts';

export const recordExpense = (
  commands: Commands,
  context: CommandContext,
  command: Omit<RecordExpense, 'expenseId'> & {
    readonly stageId: string;
    readonly expenseId?: string | undefined;
    readonly reason?: string | undefined;
  },
) => {
  const expenseId = command.expenseId ?? derivedId('expense', context.tenantId, context.commandKey);
  return commands.execute({
    kind: stageKind,
    streamId: stageStreamId(context.tenantId, command.stageId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (stage) => decideRecordExpense({ ...command, expenseId }, stage),
  });
};
