import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { channel, date, id, instant, name, note, reason, requestResult, requestScope } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';

const request = { requestId: id, clientId: id, projectId: id, stageId: id.nullable() };

export const registerClientRequest = command({
  operationId: 'registerClientRequest',
  method: 'POST',
  path: '/v1/requests',
  tag: 'relationship',
  summary: 'Register what a client asked for, in the client’s own words',
  permission: 'requests:write',
  status: 201,
  body: z.strictObject({
    requestId: id.optional().meta({ description: 'The caller’s own id; one is made when absent' }),
    projectId: id,
    stageId: id.optional().meta({ description: 'The stage it concerns, when that is known' }),
    askedBy: name.meta({ description: 'Who asked, for the client', examples: ['Vera Orlova'] }),
    channel,
    askedAt: instant,
    words: note.meta({ examples: ['Could you also change the font?'] }),
    reason: optionalReason,
  }),
  response: z.object({ ...request, askedOn: derivedDate, ...receipt }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'project-not-found': 'There is no such project.',
    'stage-not-found': 'There is no such stage.',
    'stage-of-another-project': 'The stage belongs to another project.',
    'request-exists': 'A request with this id was registered before.',
  },
  example: {
    body: {
      requestId: 'font-change',
      projectId: 'flora-site',
      stageId: 'landing-design',
      askedBy: 'Vera Orlova',
      channel: 'chat',
      askedAt: '2026-03-20T11:05:00+03:00',
      words: 'Could you also change the font?',
    },
    response: {
      requestId: 'font-change',
      clientId: 'flora',
      projectId: 'flora-site',
      stageId: 'landing-design',
      askedOn: '2026-03-20',
      revision: 0,
      position: 70,
    },
  },
});

export const classifyRequest = command({
  operationId: 'classifyRequest',
  method: 'POST',
  path: '/v1/requests/:requestId/classification',
  tag: 'relationship',
  summary: 'Say whether a request lies within what was agreed',
  description:
    'May be done again when more is known: the newest classification holds, and all of them stay in the log.',
  permission: 'requests:write',
  params: { requestId: id },
  body: z.strictObject({
    scope: requestScope,
    rationale: reason.meta({ examples: ['The contract names one typeface; this is a second one'] }),
    contractClause: note.optional().meta({ description: 'The clause it rests on', examples: ['Annex 1, item 4'] }),
    stageId: id.optional().meta({ description: 'The stage it concerns; as registered when absent' }),
    classifiedOn: date.optional().meta({ description: 'From when it holds; today when absent' }),
    reason: optionalReason,
  }),
  response: z.object({
    ...request,
    scope: requestScope,
    rationale: reason,
    contractClause: note.nullable(),
    classifiedOn: date,
    ...receipt,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'request-not-found': 'There is no such request.',
    'stage-not-found': 'There is no such stage.',
    'stage-of-another-project': 'The stage belongs to another project than the request.',
    'before-request': 'A request cannot be classified before the day on which it was made.',
  },
  example: {
    params: { requestId: 'font-change' },
    body: {
      scope: 'out-of-scope',
      rationale: 'The contract names one typeface; this is a second one',
      contractClause: 'Annex 1, item 4',
      classifiedOn: '2026-03-20',
    },
    response: {
      requestId: 'font-change',
      clientId: 'flora',
      projectId: 'flora-site',
      stageId: 'landing-design',
      scope: 'out-of-scope',
      rationale: 'The contract names one typeface; this is a second one',
      contractClause: 'Annex 1, item 4',
      classifiedOn: '2026-03-20',
      revision: 1,
      position: 71,
    },
  },
});

export const completeRequest = command({
  operationId: 'completeRequest',
  method: 'POST',
  path: '/v1/requests/:requestId/completion',
  tag: 'relationship',
  summary: 'Say that nothing is left to be done for a request',
  description:
    '`done`: it was carried out. `dropped`: it was not, because the client let go of it or was talked out of it. Hours may still arrive late.',
  permission: 'requests:write',
  params: { requestId: id },
  body: z.strictObject({
    result: requestResult.default('done'),
    completedOn: date.optional().meta({ description: 'Today when absent' }),
    note: note.optional().meta({ examples: ['The second font is on the site'] }),
    reason: optionalReason,
  }),
  response: z.object({ ...request, result: requestResult, completedOn: date, ...receipt }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'request-not-found': 'There is no such request.',
    'request-completed': 'The request was completed before.',
    'dispute-open': 'The request is disputed; it can be completed once the dispute has been ruled on.',
    'before-request': 'A request cannot be completed before the day on which it was made.',
  },
  example: {
    params: { requestId: 'font-change' },
    body: { completedOn: '2026-03-26', note: 'The second font is on the site' },
    response: {
      requestId: 'font-change',
      clientId: 'flora',
      projectId: 'flora-site',
      stageId: 'landing-design',
      result: 'done',
      completedOn: '2026-03-26',
      revision: 3,
      position: 95,
    },
  },
});
