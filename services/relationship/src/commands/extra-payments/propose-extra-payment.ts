import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decidePropose, type ProposeExtraPayment } from '../../decisions/extra-payments/extra-payment.ts';
import { extraPaymentStreamId, requestStreamId } from '../../events/streams.ts';
import { extraPaymentKind, requestKind } from '../kinds.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay, namedStage } from '../surroundings.ts';

const namedRequest = async (commands: Commands, tenantId: string, requestId: string | undefined) =>
  requestId === undefined
    ? undefined
    : (await commands.state(requestKind, requestStreamId(tenantId, requestId))).state.registered;

export const proposeExtraPayment = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<Omit<ProposeExtraPayment, 'extraPaymentId'> & { readonly extraPaymentId?: string | undefined }>,
) => {
  const { tenantId, commandKey, now } = context;
  const extraPaymentId = command.extraPaymentId ?? derivedId('extra-payment', tenantId, commandKey);
  const [today, stage, request] = await Promise.all([
    agencyDay(commands, tenantId, now),
    namedStage(commands, tenantId, command.stageId),
    namedRequest(commands, tenantId, command.requestId),
  ]);
  return commands.execute({
    kind: extraPaymentKind,
    streamId: extraPaymentStreamId(tenantId, extraPaymentId),
    context,
    ...reasonOf(command),
    decide: (payment) => decidePropose({ ...command, extraPaymentId }, payment, { today, stage, request }),
  });
};
