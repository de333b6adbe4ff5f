import type { CommandContext, Commands } from '@headroom/commanding';
import { decideShareEffect, type ShareEffect } from '../decisions/effect-sharing.ts';
import { clientBusinessStreamId, clientStreamId } from '../events/streams.ts';
import { businessFactsKind, clientKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { projectOf } from './surroundings.ts';

export const shareEffect = async (commands: Commands, context: CommandContext, command: Reasoned<ShareEffect>) => {
  const { tenantId } = context;
  const { clientId, projectId } = command;
  const ids = [...new Set([projectId, ...command.projects.map((each) => each.projectId)])];
  const [client, ...projects] = await Promise.all([
    commands.state(clientKind, clientStreamId(tenantId, clientId)),
    ...ids.map((id) => projectOf(commands, tenantId, id)),
  ]);
  const foreign = ids.filter((_, index) => projects[index]?.clientId !== clientId);
  const around = { clientExists: client.state.data !== undefined, foreign };
  return commands.execute({
    kind: businessFactsKind,
    streamId: clientBusinessStreamId(tenantId, clientId),
    context,
    ...reasonOf(command),
    decide: (facts) => decideShareEffect(command, facts, around),
  });
};
