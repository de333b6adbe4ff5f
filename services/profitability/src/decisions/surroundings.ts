import type {
  agencyConfigured,
  clientRegistered,
  clientRequestRegistered,
  EventData,
  specialistAdded,
} from '@headroom/contracts/events';
import { type Latest, latestOf } from '@headroom/kernel';

type Known = EventData<
  typeof agencyConfigured | typeof clientRegistered | typeof clientRequestRegistered | typeof specialistAdded
>;

/** What decisions here need to know of what other services own: the last word of each stream, or nothing. */
export const agencyEvolution = latestOf<'AgencyConfigured', Known['AgencyConfigured']>('AgencyConfigured');
export const specialistEvolution = latestOf<'SpecialistAdded', Known['SpecialistAdded']>('SpecialistAdded');
export const clientEvolution = latestOf<'ClientRegistered', Known['ClientRegistered']>('ClientRegistered');
export const requestEvolution = latestOf<'ClientRequestRegistered', Known['ClientRequestRegistered']>(
  'ClientRequestRegistered',
);

export type Agency = Latest<Pick<Known['AgencyConfigured'], 'currency'>>;
export type Specialist = Latest<Pick<Known['SpecialistAdded'], 'role'>>;
export type Client = Latest<Pick<Known['ClientRegistered'], 'clientId'>>;
export type Request = Latest<Pick<Known['ClientRequestRegistered'], 'requestId'>>;
