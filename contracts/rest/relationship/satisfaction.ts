import { z } from 'zod';
import { date, id, name, note, satisfactionRecorded } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, receipt, timeAxes } from '../values.ts';

const { score } = satisfactionRecorded.schema.shape;
const recorded = satisfactionRecorded.schema.shape;
const example = {
  satisfactionId: '7b1f1d0e-51b7-8a44-9d1e-0a9f6a7b3c22',
  clientId: 'flora',
  projectId: 'flora-site',
  score: 8,
  statedBy: 'The marketing director',
  statedOn: '2026-03-20',
  words: 'Quick answers, but the second round took too long',
};

export const recordSatisfaction = command({
  operationId: 'recordSatisfaction',
  method: 'POST',
  path: '/v1/clients/:clientId/satisfaction',
  tag: 'relationship',
  summary: 'Record how content a client said to be',
  description:
    'The latest statement is part of the client’s loyalty. Of two statements of one day the later recorded one counts.',
  permission: 'clients:write',
  status: 201,
  params: { clientId: id },
  body: z.strictObject({
    satisfactionId: id.optional().meta({ description: 'The caller’s own id, unique within the client' }),
    projectId: id.optional().meta({ description: 'The project that it was said of; the whole work when absent' }),
    score: score.meta({ description: '0 (not at all) to 10 (entirely)', examples: [8] }),
    statedBy: name.meta({ description: 'Who said it, for the client', examples: ['The marketing director'] }),
    statedOn: date.optional().meta({ description: 'The day on which it was said; today when absent' }),
    words: note.optional().meta({ description: 'The client’s own words', examples: ['Quick answers'] }),
    reason: optionalReason,
  }),
  response: z.object({ ...recorded, ...receipt }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'client-not-found': 'There is no such client.',
    'project-not-found': 'There is no such project.',
    'project-of-another-client': 'The project is for another client.',
    'satisfaction-exists': 'A statement of this client with this id was recorded before.',
  },
  example: {
    params: { clientId: 'flora' },
    body: {
      projectId: 'flora-site',
      score: 8,
      statedBy: 'The marketing director',
      statedOn: '2026-03-20',
      words: 'Quick answers, but the second round took too long',
    },
    response: { ...example, revision: 0, position: 64 },
  },
});

export const listSatisfaction = question({
  operationId: 'listSatisfaction',
  path: '/v1/clients/:clientId/satisfaction',
  tag: 'relationship',
  summary: 'What a client said of its satisfaction, the newest first',
  permission: 'clients:read',
  params: { clientId: id },
  query: { ...page, knownAt: timeAxes.knownAt },
  response: z.object({ items: z.array(z.object(recorded)), nextCursor, knownAt: provenance.knownAt }),
  example: {
    params: { clientId: 'flora' },
    response: { items: [example], nextCursor: null, knownAt: 128 },
  },
});
