import type { CommandContext, Commands } from '@headroom/commanding';
import { decideVoidExpense } from '../decisions/record-expense.ts';
import { stageStreamId } from '../events/streams.ts';
import { stageKind } from './kinds.ts';

export const voidExpense = (
  commands: Commands,
  context: CommandContext,
  command: { readonly stageId: string; readonly expenseId: string; readonly reason: string },
) =>
  commands.execute({
    kind: stageKind,
    streamId: stageStreamId(context.tenantId, command.stageId),
    context,
    reason: command.reason,
    decide: (stage) => decideVoidExpense(command, stage),
  });
