import type { CommandContext } from '@headroom/commanding';
import { type AssignArbiter, decideAssignArbiter } from '../../decisions/disputes/assign-arbiter.ts';
import { requestStreamId, specialistStreamId } from '../../events/streams.ts';
import { requestKind, specialistKind } from '../kinds.ts';
import type { Deps } from '../read-present.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay } from '../surroundings.ts';
import { teamTie } from './team-tie.ts';

export const assignArbiter = async (
  deps: Deps,
  context: CommandContext,
  command: Reasoned<AssignArbiter & { readonly requestId: string }>,
) => {
  const { commands } = deps;
  const { tenantId, now } = context;
  const { arbiterId, requestId } = command;
  const streamId = requestStreamId(tenantId, requestId);
  const [today, arbiter, found] = await Promise.all([
    agencyDay(commands, tenantId, now),
    commands.state(specialistKind, specialistStreamId(tenantId, arbiterId)),
    commands.state(requestKind, streamId),
  ]);
  const tie = await teamTie(deps, tenantId, found.state, arbiterId);
  return commands.execute({
    kind: requestKind,
    streamId,
    context,
    ...reasonOf(command),
    decide: (request) => decideAssignArbiter(command, request, { today, arbiter: arbiter.state, tie }),
  });
};
