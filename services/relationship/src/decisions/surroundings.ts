import type {
  agencyConfigured,
  backupManagerAssigned,
  EventData,
  EventUnion,
  managerReplaced,
  projectOpened,
  specialistAdded,
  specialistDeactivated,
  stagePlanned,
} from '@headroom/contracts/events';
import { type Evolution, latestOf, localDate } from '@headroom/kernel';

/** What other services have said of the agency, a project or a stage; `data` is undefined when there is none. */
export const agencyEvolution = latestOf<'AgencyConfigured', EventData<typeof agencyConfigured>['AgencyConfigured']>(
  'AgencyConfigured',
);

export interface Project {
  data: EventData<typeof projectOpened>['ProjectOpened'] | undefined;
  /** Everybody who manages it, has managed it, or was named to stand in. */
  readonly managers: Set<string>;
}

/** All other events of the stream pass. */
export const projectEvolution: Evolution<
  Project,
  EventUnion<typeof projectOpened | typeof managerReplaced | typeof backupManagerAssigned>
> = {
  initial: () => ({ data: undefined, managers: new Set() }),
  evolve: (project, event) => {
    if (event.type === 'ProjectOpened') project.data = event.data;
    if (event.type === 'BackupManagerAssigned') {
      if (event.data.backupManagerId !== null) project.managers.add(event.data.backupManagerId);
    } else if ('managerId' in event.data) project.managers.add(event.data.managerId);
    return project;
  },
};

export interface Specialist {
  added: boolean;
  /** The last day of work. */
  deactivatedOn?: string;
}

/** All other events of the stream pass. */
export const specialistEvolution: Evolution<
  Specialist,
  EventUnion<typeof specialistAdded | typeof specialistDeactivated>
> = {
  initial: () => ({ added: false }),
  evolve: (specialist, event) => {
    if (event.type === 'SpecialistAdded') specialist.added = true;
    if (event.type === 'SpecialistDeactivated') specialist.deactivatedOn = event.data.deactivatedOn;
    return specialist;
  },
};
export const stageEvolution = latestOf<'StagePlanned', EventData<typeof stagePlanned>['StagePlanned']>('StagePlanned');

export interface ProjectFacts {
  readonly clientId: string;
}

export interface StageFacts {
  readonly projectId: string;
  readonly clientId: string;
  readonly currency: string;
}

/** The agency's day at an instant; undefined as long as its time zone is not known. */
export const dayOf = (instant: string, agency: { readonly timeZone: string } | undefined): string | undefined =>
  agency === undefined ? undefined : localDate(instant, agency.timeZone);
