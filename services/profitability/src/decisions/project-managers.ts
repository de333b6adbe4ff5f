import { accept, type Decision, refuse } from '@headroom/kernel';
import type { ProjectEvent } from '../events/streams.ts';
import { managerOn, type Tenure } from '../formulas/managers.ts';
import type { ManagedProject } from './project.ts';
import type { Specialist } from './surroundings.ts';

export interface ReplaceManager {
  readonly projectId: string;
  readonly managerId: string;
  readonly effectiveFrom: string;
}

export type ReplaceManagerRefusal =
  | 'project-not-found'
  | 'manager-not-found'
  | 'manager-leaves-before'
  | 'manager-already'
  | 'before-last-handover';

const lastFrom = (tenures: readonly Tenure<string | null>[]): string => tenures.at(-1)?.from ?? '';

/** Whether somebody's last day here lies before a date. */
const leavesBefore = ({ deactivatedOn }: Specialist, day: string): boolean =>
  deactivatedOn !== undefined && deactivatedOn < day;

/**
 * Another manager from a date on. The date may lie in the past, but not before the last hand-over: what managers were
 * measured by in between would change hands twice. On the date of the last hand-over the new one corrects it.
 */
export const decideReplaceManager = (
  { projectId, managerId, effectiveFrom }: ReplaceManager,
  { opened, managers }: ManagedProject,
  manager: Specialist,
): Decision<ProjectEvent, ReplaceManagerRefusal> => {
  if (opened === undefined) return refuse('project-not-found');
  if (manager.data === undefined) return refuse('manager-not-found');
  if (leavesBefore(manager, effectiveFrom))
    return refuse('manager-leaves-before', { deactivatedOn: manager.deactivatedOn });
  if (effectiveFrom < lastFrom(managers)) return refuse('before-last-handover', { lastHandover: lastFrom(managers) });
  const previousManagerId = managerOn(managers, effectiveFrom);
  if (previousManagerId === managerId) return refuse('manager-already');
  const { clientId } = opened;
  return accept({
    type: 'ManagerReplaced',
    data: { projectId, clientId, managerId, previousManagerId, effectiveFrom },
  });
};

export interface AssignBackupManager {
  readonly projectId: string;
  /** `null`: nobody any more. */
  readonly backupManagerId: string | null;
  readonly effectiveFrom: string;
}

export type AssignBackupRefusal =
  | 'project-not-found'
  | 'manager-not-found'
  | 'backup-leaves-before'
  | 'backup-is-manager'
  | 'before-last-assignment';

/** Who would replace the manager; never the manager of that day. */
export const decideAssignBackup = (
  { projectId, backupManagerId, effectiveFrom }: AssignBackupManager,
  { opened, managers, backups }: ManagedProject,
  backup: Specialist | undefined,
): Decision<ProjectEvent, AssignBackupRefusal> => {
  if (opened === undefined) return refuse('project-not-found');
  if (backup !== undefined && backup.data === undefined) return refuse('manager-not-found');
  if (backup !== undefined && leavesBefore(backup, effectiveFrom))
    return refuse('backup-leaves-before', { deactivatedOn: backup.deactivatedOn });
  if (backupManagerId === managerOn(managers, effectiveFrom)) return refuse('backup-is-manager');
  const earliest = lastFrom([...managers.slice(0, 1), ...backups]);
  if (effectiveFrom < earliest) return refuse('before-last-assignment', { earliest });
  const { clientId } = opened;
  return accept({ type: 'BackupManagerAssigned', data: { projectId, clientId, backupManagerId, effectiveFrom } });
};
