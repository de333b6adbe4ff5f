import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { ClientEvent } from '../events/streams.ts';

export interface Client {
  registered: boolean;
}

export const clientEvolution: Evolution<Client, ClientEvent> = {
  initial: () => ({ registered: false }),
  evolve: (client, event) => {
    switch (event.type) {
      case 'ClientRegistered':
        client.registered = true;
        return client;
    }
  },
};

export interface RegisterClient {
  readonly clientId: string;
  readonly name: string;
  readonly since: string;
  readonly externalRef?: string | undefined;
}

export const decideRegisterClient = (
  { clientId, name, since, externalRef }: RegisterClient,
  client: Client,
): Decision<ClientEvent, 'client-exists'> =>
  client.registered
    ? refuse('client-exists')
    : accept({ type: 'ClientRegistered', data: { clientId, name, since, externalRef: externalRef ?? null } });
