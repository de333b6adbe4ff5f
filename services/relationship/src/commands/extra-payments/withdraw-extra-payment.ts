import type { CommandContext, Commands } from '@headroom/commanding';
import { decideWithdraw } from '../../decisions/extra-payments/answer.ts';
import { extraPaymentStreamId } from '../../events/streams.ts';
import { extraPaymentKind } from '../kinds.ts';
import { agencyDay } from '../surroundings.ts';

export const withdrawExtraPayment = async (
  commands: Commands,
  context: CommandContext,
  command: { readonly extraPaymentId: string; readonly withdrawnOn?: string | undefined; readonly reason: string },
) => {
  const { tenantId, now } = context;
  const today = await agencyDay(commands, tenantId, now);
  return commands.execute({
    kind: extraPaymentKind,
    streamId: extraPaymentStreamId(tenantId, command.extraPaymentId),
    context,
    reason: command.reason,
    decide: (payment) => decideWithdraw(command, payment, today),
  });
};
