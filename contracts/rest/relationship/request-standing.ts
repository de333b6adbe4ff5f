import { z } from 'zod';
import { behaviour, date, requestResult, requestScope } from '../../events/index.ts';

/** Where a request has got to. */
export const requestStanding = {
  scope: requestScope.nullable().meta({ description: 'Of the newest classification' }),
  behaviour: behaviour.nullable().meta({ description: 'Of the newest decision' }),
  result: requestResult.nullable().meta({ description: 'Null while it is open' }),
  completedOn: date.nullable(),
  disputed: z.boolean().meta({ description: 'A dispute about it awaits its ruling' }),
};
