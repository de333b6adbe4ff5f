import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { ProjectEvent } from '../events/streams.ts';
import { type Tenure, withTenure } from '../formulas/managers.ts';
import type { Client, Specialist } from './surroundings.ts';

/** What most decisions need to know of a project. */
export interface Project {
  opened: { readonly clientId: string; readonly serviceType: string | null } | undefined;
}

export interface ManagedProject extends Project {
  /** By date; the first one is from the day of opening. */
  managers: readonly Tenure[];
  backups: readonly Tenure<string | null>[];
}

export const projectEvolution: Evolution<ManagedProject, ProjectEvent> = {
  initial: () => ({ opened: undefined, managers: [], backups: [] }),
  evolve: (project, event) => {
    switch (event.type) {
      case 'ProjectOpened':
        project.opened = event.data;
        project.managers = [{ from: event.data.openedOn, managerId: event.data.managerId }];
        return project;
      case 'ManagerReplaced': {
        const { effectiveFrom: from, managerId } = event.data;
        project.managers = withTenure(project.managers, { from, managerId });
        return project;
      }
      case 'BackupManagerAssigned': {
        const { effectiveFrom: from, backupManagerId: managerId } = event.data;
        project.backups = withTenure(project.backups, { from, managerId });
        return project;
      }
    }
  },
};

export interface OpenProject {
  readonly projectId: string;
  readonly clientId: string;
  readonly name: string;
  readonly managerId: string;
  readonly serviceType?: string | undefined;
  readonly openedOn: string;
  readonly externalRef?: string | undefined;
}

export const decideOpen = (
  { projectId, clientId, name, managerId, serviceType, openedOn, externalRef }: OpenProject,
  project: Project,
  { client, manager }: { readonly client: Client; readonly manager: Specialist },
): Decision<ProjectEvent, 'project-exists' | 'client-not-found' | 'manager-not-found'> => {
  if (project.opened !== undefined) return refuse('project-exists');
  if (client.data === undefined) return refuse('client-not-found');
  if (manager.data === undefined) return refuse('manager-not-found');
  return accept({
    type: 'ProjectOpened',
    data: {
      projectId,
      clientId,
      name,
      managerId,
      serviceType: serviceType ?? null,
      openedOn,
      externalRef: externalRef ?? null,
    },
  });
};
