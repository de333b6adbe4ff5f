import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { behaviour, channel, date, id, instant, name, note, requestScope } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, timeAxes } from '../values.ts';
import { requestStanding } from './request-standing.ts';

const request = {
  requestId: id,
  clientId: id,
  projectId: id,
  stageId: id.nullable().meta({ description: 'The stage that it is held to concern now' }),
  askedBy: name,
  channel,
  askedAt: instant,
  askedOn: derivedDate,
  words: note,
  ...requestStanding,
};

const example = {
  requestId: 'font-change',
  clientId: 'flora',
  projectId: 'flora-site',
  stageId: 'landing-design',
  askedBy: 'Vera Orlova',
  channel: 'chat' as const,
  askedAt: '2026-03-20T08:05:00.000Z',
  askedOn: '2026-03-20',
  words: 'Could you also change the font?',
  scope: 'out-of-scope' as const,
  behaviour: 'teach' as const,
  result: null,
  completedOn: null,
  disputed: false,
};

const day = date.optional();

export const listRequests = question({
  operationId: 'listRequests',
  path: '/v1/requests',
  tag: 'relationship',
  summary: 'What clients asked for, the newest first',
  permission: 'requests:read',
  query: {
    clientId: id.optional(),
    projectId: id.optional(),
    stageId: id.optional().meta({ description: 'The stage that it is held to concern now' }),
    scope: requestScope.optional(),
    behaviour: behaviour.optional(),
    status: z.enum(['open', 'completed']).optional(),
    disputed: z.enum(['true', 'false']).optional().meta({ description: 'Whether a dispute awaits its ruling' }),
    from: day.meta({ description: 'Asked on this day or later' }),
    to: day.meta({ description: 'Asked before this day' }),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({ items: z.array(z.object(request)), nextCursor, knownAt: provenance.knownAt }),
  example: {
    query: { clientId: 'flora', status: 'open' },
    response: { items: [example], nextCursor: null, knownAt: 128 },
  },
});

export const getRequest = question({
  operationId: 'getRequest',
  path: '/v1/requests/:requestId',
  tag: 'relationship',
  summary: 'One request and where it has got to',
  permission: 'requests:read',
  params: { requestId: id },
  query: { knownAt: timeAxes.knownAt },
  response: z.object({
    ...request,
    loggedSeconds: z.int().min(0).meta({ description: 'Hours that count for the request now, in seconds' }),
    knownAt: provenance.knownAt,
  }),
  example: {
    params: { requestId: 'font-change' },
    response: { ...example, loggedSeconds: 7200, knownAt: 128 },
  },
});
