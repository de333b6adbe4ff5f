import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { ProjectEvent } from '../events/streams.ts';
import type { Client, Specialist } from './surroundings.ts';

export interface Project {
  opened: { readonly clientId: string; readonly serviceType: string | null } | undefined;
}

export const projectEvolution: Evolution<Project, ProjectEvent> = {
  initial: () => ({ opened: undefined }),
  evolve: (project, event) => {
    switch (event.type) {
      case 'ProjectOpened':
        project.opened = event.data;
        return project;
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
