import type { clientRegistered, EventData, interactionLogged } from '@headroom/contracts/events';
import { keysOf } from '@headroom/kernel';
import type { Handler } from '@headroom/projecting';
import { clientTable, interactionTable } from '../read-models/tables.ts';

type Events = EventData<typeof clientRegistered | typeof interactionLogged>;

/** Clients and the contacts with them. */
export const clientHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  ClientRegistered: {
    fold: (rows, { tenantId, data: { clientId, name, since, externalRef } }) =>
      rows.put(clientTable, { tenantId, clientId, name, since, externalRef }),
  },
  InteractionLogged: {
    fold: (rows, { tenantId, streamId, data }) =>
      rows.put(interactionTable, { tenantId, month: keysOf(streamId)[1] ?? '', ...data }),
  },
};
