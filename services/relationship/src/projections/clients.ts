import type { clientRegistered, EventData, interactionLogged, satisfactionRecorded } from '@headroom/contracts/events';
import { keysOf, monthOf } from '@headroom/kernel';
import type { Handler, Rows } from '@headroom/projecting';
import {
  contactMonthTable,
  type DayOfContacts,
  firstContactTable,
  satisfactionTable,
} from '../read-models/loyalty/tables.ts';
import { clientTable, interactionTable } from '../read-models/tables.ts';

type Events = EventData<typeof clientRegistered | typeof interactionLogged | typeof satisfactionRecorded>;
type Contact = Events['InteractionLogged'];

const NO_CONTACTS: DayOfContacts = {
  inbound: 0,
  outbound: 0,
  unplanned: 0,
  inboundSeconds: 0,
  outboundSeconds: 0,
  unplannedSeconds: 0,
};

const withContact = (day: DayOfContacts, { direction, planned, seconds }: Contact): DayOfContacts => {
  if (direction === 'outbound') {
    return { ...day, outbound: day.outbound + 1, outboundSeconds: day.outboundSeconds + seconds };
  }
  const inbound = { ...day, inbound: day.inbound + 1, inboundSeconds: day.inboundSeconds + seconds };
  if (planned) return inbound;
  return { ...inbound, unplanned: day.unplanned + 1, unplannedSeconds: day.unplannedSeconds + seconds };
};

const countContact = (rows: Rows, tenantId: string, contact: Contact): void => {
  const { clientId, occurredOn } = contact;
  const month = monthOf(occurredOn);
  const row = rows.edit(contactMonthTable, tenantId, clientId, month);
  const day = withContact(row?.days[occurredOn] ?? NO_CONTACTS, contact);
  if (row === undefined) rows.put(contactMonthTable, { tenantId, clientId, month, days: { [occurredOn]: day } });
  else row.days = { ...row.days, [occurredOn]: day };
};

const noteFirst = (rows: Rows, tenantId: string, { clientId, occurredOn }: Contact): void => {
  const row = rows.edit(firstContactTable, tenantId, clientId);
  if (row === undefined) rows.put(firstContactTable, { tenantId, clientId, occurredOn });
  else if (occurredOn < row.occurredOn) row.occurredOn = occurredOn;
};

/** Clients, the contacts with them, and what they said of their satisfaction. */
export const clientHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  ClientRegistered: {
    fold: (rows, { tenantId, data: { clientId, name, since, externalRef } }) =>
      rows.put(clientTable, { tenantId, clientId, name, since, externalRef }),
  },
  InteractionLogged: {
    needs: (needs, { tenantId, data: { clientId, occurredOn } }) => {
      needs.row(contactMonthTable, tenantId, clientId, monthOf(occurredOn));
      needs.row(firstContactTable, tenantId, clientId);
    },
    fold: (rows, { tenantId, streamId, data }) => {
      rows.put(interactionTable, { tenantId, month: keysOf(streamId)[1] ?? '', ...data });
      countContact(rows, tenantId, data);
      noteFirst(rows, tenantId, data);
    },
  },
  SatisfactionRecorded: {
    fold: (rows, { tenantId, position, data }) => rows.put(satisfactionTable, { tenantId, ...data, position }),
  },
};
