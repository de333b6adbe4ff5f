import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideRegisterClient, type RegisterClient } from '../decisions/client.ts';
import { clientStreamId } from '../events/streams.ts';
import { clientKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';

export const registerClient = (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<Omit<RegisterClient, 'clientId'> & { readonly clientId?: string | undefined }>,
) => {
  const clientId = command.clientId ?? derivedId('client', context.tenantId, context.commandKey);
  return commands.execute({
    kind: clientKind,
    streamId: clientStreamId(context.tenantId, clientId),
    context,
    ...reasonOf(command),
    decide: (client) => decideRegisterClient({ ...command, clientId }, client),
  });
};
