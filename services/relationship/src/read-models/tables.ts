import type { Channel, EventData, interactionLogged } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

export interface ClientRow {
  readonly tenantId: string;
  readonly clientId: string;
  readonly name: string;
  readonly since: string;
  readonly externalRef: string | null;
}

export const clientTable = table<ClientRow>('client', {
  columns: {
    tenantId: 'text',
    clientId: 'text',
    name: 'text',
    since: 'date',
    externalRef: { type: 'text', nullable: true },
  },
  key: ['tenantId', 'clientId'],
  lookups: { byName: ['tenantId', 'name'] },
});

type Logged = EventData<typeof interactionLogged>['InteractionLogged'];

export interface InteractionRow {
  readonly tenantId: string;
  readonly clientId: string;
  /** The month of the stream, within which the id is unique. */
  readonly month: string;
  readonly interactionId: string;
  readonly projectId: string | null;
  readonly channel: Channel;
  readonly direction: Logged['direction'];
  readonly occurredAt: string;
  readonly occurredOn: string;
  readonly seconds: number;
  readonly planned: boolean;
  readonly note: string | null;
}

export const interactionTable = table<InteractionRow>('interaction', {
  columns: {
    tenantId: 'text',
    clientId: 'text',
    month: 'text',
    interactionId: 'text',
    projectId: { type: 'text', nullable: true },
    channel: 'text',
    direction: 'text',
    occurredAt: 'instant',
    occurredOn: 'date',
    seconds: 'integer',
    planned: 'boolean',
    note: { type: 'text', nullable: true, personal: true },
  },
  key: ['tenantId', 'clientId', 'month', 'interactionId'],
  lookups: {
    byDay: ['tenantId', 'clientId', 'occurredOn'],
    byId: ['tenantId', 'clientId', 'interactionId'],
  },
});
