import type { CommandContext, Commands } from '@headroom/commanding';
import { type AgreeExtraPayment, decideAgree } from '../../decisions/extra-payments/answer.ts';
import { extraPaymentStreamId } from '../../events/streams.ts';
import { extraPaymentKind } from '../kinds.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay } from '../surroundings.ts';

export const agreeExtraPayment = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<AgreeExtraPayment & { readonly extraPaymentId: string }>,
) => {
  const { tenantId, now } = context;
  const { agreedAt } = command;
  const [today, dayAgreed] = await Promise.all([
    agencyDay(commands, tenantId, now),
    agreedAt === undefined ? undefined : agencyDay(commands, tenantId, agreedAt),
  ]);
  return commands.execute({
    kind: extraPaymentKind,
    streamId: extraPaymentStreamId(tenantId, command.extraPaymentId),
    context,
    ...reasonOf(command),
    decide: (payment) => decideAgree(command, payment, { today, dayAgreed }),
  });
};
