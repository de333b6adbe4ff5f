import { z } from 'zod';
import { behaviour, date, id, reason } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';

export const decideBehaviour = command({
  operationId: 'decideBehaviour',
  method: 'POST',
  path: '/v1/requests/:requestId/behaviour',
  tag: 'relationship',
  summary: 'Decide how the agency behaves towards a request',
  description:
    '`do-all`: do what is asked. `delegate`: have it done by somebody else. `teach`: show the client how to do it, or how the contract reads. `dissuade`: talk the client out of it. May be decided again; what the figures advised at that moment is kept beside it.',
  permission: 'requests:write',
  params: { requestId: id },
  body: z.strictObject({
    behaviour,
    rationale: reason.meta({ examples: ['She asks for a second font every month'] }),
    role: z.string().max(60).optional().meta({ description: 'The role asked for, as in getBehaviourAdvice' }),
    decidedOn: date.optional().meta({ description: 'Today when absent' }),
    reason: optionalReason,
  }),
  response: z.object({
    requestId: id,
    clientId: id,
    projectId: id,
    stageId: id.nullable(),
    behaviour,
    rationale: reason,
    advised: behaviour.nullable().meta({ description: 'What the figures advised; null: they were not enough' }),
    decidedOn: date,
    ...receipt,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'request-not-found': 'There is no such request.',
    'request-completed': 'The request was completed; there is nothing left to decide.',
    'before-request': 'Nothing can be decided on a request before the day on which it was made.',
  },
  example: {
    params: { requestId: 'font-change' },
    body: {
      behaviour: 'teach',
      rationale: 'She asks for a second font every month',
      decidedOn: '2026-03-20',
    },
    response: {
      requestId: 'font-change',
      clientId: 'flora',
      projectId: 'flora-site',
      stageId: 'landing-design',
      behaviour: 'teach',
      rationale: 'She asks for a second font every month',
      advised: 'teach',
      decidedOn: '2026-03-20',
      revision: 2,
      position: 72,
    },
  },
});
