import type { CommandContext, Commands } from '@headroom/commanding';
import { type ClassifyRequest, decideClassify } from '../../decisions/requests/classify.ts';
import { requestStreamId } from '../../events/streams.ts';
import { requestKind } from '../kinds.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay, namedStage } from '../surroundings.ts';

export const classifyRequest = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<ClassifyRequest & { readonly requestId: string }>,
) => {
  const { tenantId, now } = context;
  const [today, stage] = await Promise.all([
    agencyDay(commands, tenantId, now),
    namedStage(commands, tenantId, command.stageId),
  ]);
  return commands.execute({
    kind: requestKind,
    streamId: requestStreamId(tenantId, command.requestId),
    context,
    ...reasonOf(command),
    decide: (request) => decideClassify(command, request, { today, stage }),
  });
};
