import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideLogInteraction, type LogInteraction } from '../decisions/interaction.ts';
import { clientStreamId, interactionsStreamId } from '../events/streams.ts';
import { clientKind, interactionsKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { agencyDay, namedProject } from './surroundings.ts';

export const logInteraction = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<Omit<LogInteraction, 'interactionId'> & { readonly interactionId?: string | undefined }>,
) => {
  const { tenantId, commandKey } = context;
  const interactionId = command.interactionId ?? derivedId('interaction', tenantId, commandKey);
  const [occurredOn, client, project] = await Promise.all([
    agencyDay(commands, tenantId, command.occurredAt),
    commands.state(clientKind, clientStreamId(tenantId, command.clientId)),
    namedProject(commands, tenantId, command.projectId),
  ]);
  const around = { occurredOn, client: client.state, project };
  return commands.execute({
    kind: interactionsKind,
    streamId: interactionsStreamId(tenantId, command.clientId, command.occurredAt),
    context,
    ...reasonOf(command),
    decide: (interactions) => decideLogInteraction({ ...command, interactionId }, interactions, around),
  });
};
