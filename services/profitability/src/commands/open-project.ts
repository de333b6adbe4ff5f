import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideOpen, type OpenProject } from '../decisions/project.ts';
import { clientStreamId, projectStreamId, specialistStreamId } from '../events/streams.ts';
import { clientKind, projectKind, specialistKind } from './kinds.ts';

export const openProject = async (
  commands: Commands,
  context: CommandContext,
  command: Omit<OpenProject, 'projectId'> & { readonly projectId?: string | undefined },
) => {
  const { tenantId } = context;
  const projectId = command.projectId ?? derivedId('project', tenantId, context.commandKey);
  const [client, manager] = await Promise.all([
    commands.state(clientKind, clientStreamId(tenantId, command.clientId)),
    commands.state(specialistKind, specialistStreamId(tenantId, command.managerId)),
  ]);
  return commands.execute({
    kind: projectKind,
    streamId: projectStreamId(tenantId, projectId),
    context,
    decide: (project) =>
      decideOpen({ ...command, projectId }, project, { client: client.state, manager: manager.state }),
  });
};
