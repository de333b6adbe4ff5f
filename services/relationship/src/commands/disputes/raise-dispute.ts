import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideRaise, type RaiseDispute } from '../../decisions/disputes/raise.ts';
import { requestStreamId } from '../../events/streams.ts';
import { requestKind } from '../kinds.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay } from '../surroundings.ts';

export const raiseDispute = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<
    Omit<RaiseDispute, 'disputeId'> & { readonly requestId: string; readonly disputeId?: string | undefined }
  >,
) => {
  const { tenantId, commandKey, now } = context;
  const disputeId = command.disputeId ?? derivedId('dispute', tenantId, commandKey);
  const today = await agencyDay(commands, tenantId, now);
  return commands.execute({
    kind: requestKind,
    streamId: requestStreamId(tenantId, command.requestId),
    context,
    ...reasonOf(command),
    decide: (request) => decideRaise({ ...command, disputeId }, request, today),
  });
};
