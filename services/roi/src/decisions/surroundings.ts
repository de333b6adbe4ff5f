import type { agencyConfigured, clientRegistered, EventData, projectOpened } from '@headroom/contracts/events';
import { latestOf } from '@headroom/kernel';

/** What other services have said of the agency, a client or a project; `data` is undefined when there is none. */
export const agencyEvolution = latestOf<'AgencyConfigured', EventData<typeof agencyConfigured>['AgencyConfigured']>(
  'AgencyConfigured',
);
export const clientEvolution = latestOf<'ClientRegistered', EventData<typeof clientRegistered>['ClientRegistered']>(
  'ClientRegistered',
);
export const projectEvolution = latestOf<'ProjectOpened', EventData<typeof projectOpened>['ProjectOpened']>(
  'ProjectOpened',
);

export interface AgencyFacts {
  readonly currency: string;
  readonly timeZone: string;
}

export interface ProjectFacts {
  readonly clientId: string;
}
