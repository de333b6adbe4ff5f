import type { CommandContext, Commands } from '@headroom/commanding';
import { type CompleteRequest, decideComplete } from '../../decisions/requests/complete.ts';
import { requestStreamId } from '../../events/streams.ts';
import { requestKind } from '../kinds.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay } from '../surroundings.ts';

export const completeRequest = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<CompleteRequest & { readonly requestId: string }>,
) => {
  const { tenantId, now } = context;
  const today = await agencyDay(commands, tenantId, now);
  return commands.execute({
    kind: requestKind,
    streamId: requestStreamId(tenantId, command.requestId),
    context,
    ...reasonOf(command),
    decide: (request) => decideComplete(command, request, today),
  });
};
