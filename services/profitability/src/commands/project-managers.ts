import type { CommandContext, Commands } from '@headroom/commanding';
import {
  type AssignBackupManager,
  decideAssignBackup,
  decideReplaceManager,
  type ReplaceManager,
} from '../decisions/project-managers.ts';
import { projectStreamId, specialistStreamId } from '../events/streams.ts';
import { projectKind, specialistKind } from './kinds.ts';

export const replaceManager = async (
  commands: Commands,
  context: CommandContext,
  command: ReplaceManager & { readonly reason: string },
) => {
  const { tenantId } = context;
  const manager = await commands.state(specialistKind, specialistStreamId(tenantId, command.managerId));
  return commands.execute({
    kind: projectKind,
    streamId: projectStreamId(tenantId, command.projectId),
    context,
    reason: command.reason,
    decide: (project) => decideReplaceManager(command, project, manager.state),
  });
};

export const assignBackupManager = async (
  commands: Commands,
  context: CommandContext,
  command: AssignBackupManager & { readonly reason?: string | undefined },
) => {
  const { tenantId } = context;
  const { projectId, backupManagerId, reason } = command;
  const backup =
    backupManagerId === null
      ? undefined
      : await commands.state(specialistKind, specialistStreamId(tenantId, backupManagerId));
  return commands.execute({
    kind: projectKind,
    streamId: projectStreamId(tenantId, projectId),
    context,
    ...(reason === undefined ? {} : { reason }),
    decide: (project) => decideAssignBackup(command, project, backup?.state),
  });
};
