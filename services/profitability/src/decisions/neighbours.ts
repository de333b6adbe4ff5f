import type { Evolution } from '@headroom/kernel';
import type { AgencyEvent, ClientEvent, RequestEvent, SpecialistEvent } from '../events/neighbours.ts';

/** What decisions here need to know of what other services own. */
export interface Agency {
  currency: string | undefined;
}
export const agencyEvolution: Evolution<Agency, AgencyEvent> = {
  initial: () => ({ currency: undefined }),
  evolve: (agency, event) => {
    if (event.type === 'AgencyConfigured') agency.currency = event.data.currency;
    return agency;
  },
};

export interface Specialist {
  role: string | undefined;
}
export const specialistEvolution: Evolution<Specialist, SpecialistEvent> = {
  initial: () => ({ role: undefined }),
  evolve: (specialist, event) => {
    if (event.type === 'SpecialistAdded') specialist.role = event.data.role;
    return specialist;
  },
};

export interface Known {
  exists: boolean;
}
export const clientEvolution: Evolution<Known, ClientEvent> = {
  initial: () => ({ exists: false }),
  evolve: (client, event) => {
    if (event.type === 'ClientRegistered') client.exists = true;
    return client;
  },
};
export const requestEvolution: Evolution<Known, RequestEvent> = {
  initial: () => ({ exists: false }),
  evolve: (request, event) => {
    if (event.type === 'ClientRequestRegistered') request.exists = true;
    return request;
  },
};
