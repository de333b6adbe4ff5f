import { z } from 'zod';
import { date, id } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';

export const deactivateSpecialist = command({
  operationId: 'deactivateSpecialist',
  method: 'POST',
  path: '/v1/specialists/:specialistId/deactivation',
  tag: 'agency',
  summary: 'Say on which day a specialist worked for the last time',
  description:
    'Hours dated later are refused, and the specialist’s rate no longer counts towards the mean of the role. All that was worked until then stays as it is.',
  permission: 'people:write',
  params: { specialistId: id },
  body: z.strictObject({ deactivatedOn: date, reason: optionalReason }),
  response: z.object({ specialistId: id, deactivatedOn: date, ...receipt }),
  refusals: {
    'specialist-not-found': 'There is no such specialist.',
    'specialist-deactivated': 'The specialist was deactivated before.',
  },
  example: {
    params: { specialistId: 'anna' },
    body: { deactivatedOn: '2026-06-30', reason: 'Moves to another city' },
    response: { specialistId: 'anna', deactivatedOn: '2026-06-30', revision: 2, position: 9 },
  },
});
