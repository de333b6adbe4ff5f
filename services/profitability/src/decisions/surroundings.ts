import type {
  agencyConfigured,
  clientRegistered,
  clientRequestRegistered,
  EventData,
  specialistAdded,
  specialistDeactivated,
} from '@headroom/contracts/events';
import { type Evolution, type Latest, latestOf } from '@headroom/kernel';

type Known = EventData<
  | typeof agencyConfigured
  | typeof clientRegistered
  | typeof clientRequestRegistered
  | typeof specialistAdded
  | typeof specialistDeactivated
>;

/** What decisions here need to know of what other services own: the last word of each stream, or nothing. */
export const agencyEvolution = latestOf<'AgencyConfigured', Known['AgencyConfigured']>('AgencyConfigured');
export const clientEvolution = latestOf<'ClientRegistered', Known['ClientRegistered']>('ClientRegistered');
export const requestEvolution = latestOf<'ClientRequestRegistered', Known['ClientRequestRegistered']>(
  'ClientRequestRegistered',
);

export interface Specialist extends Latest<Pick<Known['SpecialistAdded'], 'role'>> {
  /** The last day of work. */
  deactivatedOn?: string;
}

type SpecialistWord =
  | { readonly type: 'SpecialistAdded'; readonly data: Known['SpecialistAdded'] }
  | { readonly type: 'SpecialistDeactivated'; readonly data: Known['SpecialistDeactivated'] };

/** All other events of the stream pass. */
export const specialistEvolution: Evolution<Specialist, SpecialistWord> = {
  initial: () => ({ data: undefined }),
  evolve: (specialist, event) => {
    if (event.type === 'SpecialistAdded') specialist.data = event.data;
    if (event.type === 'SpecialistDeactivated') specialist.deactivatedOn = event.data.deactivatedOn;
    return specialist;
  },
};

export type Agency = Latest<Pick<Known['AgencyConfigured'], 'currency'>>;
export type Client = Latest<Pick<Known['ClientRegistered'], 'clientId'>>;
export type Request = Latest<Pick<Known['ClientRequestRegistered'], 'requestId'>>;
