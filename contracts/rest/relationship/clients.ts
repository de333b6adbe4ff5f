import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { channel, date, direction, externalRef, id, instant, name, note } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, receipt, timeAxes } from '../values.ts';

const client = { clientId: id, name, since: date, externalRef: externalRef.nullable() };
const since = date.meta({ description: 'Since when the agency works for the client', examples: ['2025-02-03'] });

export const registerClient = command({
  operationId: 'registerClient',
  method: 'POST',
  path: '/v1/clients',
  tag: 'relationship',
  summary: 'Register a client of the agency',
  permission: 'clients:write',
  status: 201,
  body: z.strictObject({
    clientId: id.optional().meta({ description: 'The caller’s own id; one is made when absent' }),
    name,
    since,
    externalRef: externalRef.optional(),
    reason: optionalReason,
  }),
  response: z.object({ ...client, ...receipt }),
  refusals: { 'client-exists': 'A client with this id was registered before.' },
  example: {
    body: { clientId: 'flora', name: 'Flora Garden Centres', since: '2025-02-03' },
    response: {
      clientId: 'flora',
      name: 'Flora Garden Centres',
      since: '2025-02-03',
      externalRef: null,
      revision: 0,
      position: 7,
    },
  },
});

export const logInteraction = command({
  operationId: 'logInteraction',
  method: 'POST',
  path: '/v1/clients/:clientId/interactions',
  tag: 'relationship',
  summary: 'Log a contact with a client',
  description:
    'Unplanned inbound contacts are what makes a client demanding. The contact counts for the day on which it took place in the agency’s time zone. Its time is not costed: log hours for that.',
  permission: 'clients:write',
  status: 201,
  params: { clientId: id },
  body: z.strictObject({
    interactionId: id.optional().meta({ description: 'The caller’s own id, unique within the client and month' }),
    projectId: id.optional(),
    channel,
    direction: direction.meta({ description: '`inbound`: the client turned to the agency' }),
    occurredAt: instant,
    seconds: z
      .int()
      .min(0)
      .max(86_400)
      .default(0)
      .meta({ description: 'How long it took', examples: [900] }),
    planned: z.boolean().meta({ description: 'Whether it had been arranged before' }),
    note: note.optional(),
    reason: optionalReason,
  }),
  response: z.object({
    interactionId: id,
    clientId: id,
    occurredAt: instant,
    occurredOn: derivedDate.meta({ description: 'The day in the agency’s time zone' }),
    ...receipt,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'client-not-found': 'There is no such client.',
    'project-not-found': 'There is no such project.',
    'project-of-another-client': 'The project is for another client.',
    'interaction-exists': 'A contact of this client and month with this id was logged before.',
  },
  example: {
    params: { clientId: 'flora' },
    body: {
      projectId: 'flora-site',
      channel: 'call',
      direction: 'inbound',
      occurredAt: '2026-03-17T18:40:00+03:00',
      seconds: 900,
      planned: false,
      note: 'Asked when the hero section will be ready',
    },
    response: {
      interactionId: '6c0f1d0e-51b7-8a44-9d1e-0a9f6a7b3c21',
      clientId: 'flora',
      occurredAt: '2026-03-17T18:40:00+03:00',
      occurredOn: '2026-03-17',
      revision: 4,
      position: 61,
    },
  },
});

export const listClients = question({
  operationId: 'listClients',
  path: '/v1/clients',
  tag: 'relationship',
  summary: 'The clients of the agency, by name',
  permission: 'clients:read',
  query: { ...page, knownAt: timeAxes.knownAt },
  response: z.object({ items: z.array(z.object(client)), nextCursor, knownAt: provenance.knownAt }),
  example: {
    query: { limit: '2' },
    response: {
      items: [
        { clientId: 'flora', name: 'Flora Garden Centres', since: '2025-02-03', externalRef: null },
        { clientId: 'granit', name: 'Granit Stonework', since: '2024-09-16', externalRef: 'CRM-118' },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});
