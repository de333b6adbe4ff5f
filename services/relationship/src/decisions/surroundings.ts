import type { agencyConfigured, EventData, projectOpened, stagePlanned } from '@headroom/contracts/events';
import { latestOf, localDate } from '@headroom/kernel';

/** What other services have said of the agency, a project or a stage; `data` is undefined when there is none. */
export const agencyEvolution = latestOf<'AgencyConfigured', EventData<typeof agencyConfigured>['AgencyConfigured']>(
  'AgencyConfigured',
);
export const projectEvolution = latestOf<'ProjectOpened', EventData<typeof projectOpened>['ProjectOpened']>(
  'ProjectOpened',
);
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
