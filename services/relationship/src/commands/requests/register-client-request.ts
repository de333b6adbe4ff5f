import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideRegisterRequest, type RegisterClientRequest } from '../../decisions/requests/register.ts';
import { requestStreamId } from '../../events/streams.ts';
import { requestKind } from '../kinds.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay, namedProject, namedStage } from '../surroundings.ts';

export const registerClientRequest = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<Omit<RegisterClientRequest, 'requestId'> & { readonly requestId?: string | undefined }>,
) => {
  const { tenantId, commandKey } = context;
  const requestId = command.requestId ?? derivedId('request', tenantId, commandKey);
  const [askedOn, project, stage] = await Promise.all([
    agencyDay(commands, tenantId, command.askedAt),
    namedProject(commands, tenantId, command.projectId),
    namedStage(commands, tenantId, command.stageId),
  ]);
  return commands.execute({
    kind: requestKind,
    streamId: requestStreamId(tenantId, requestId),
    context,
    ...reasonOf(command),
    decide: (request) => decideRegisterRequest({ ...command, requestId }, request, { askedOn, project, stage }),
  });
};
