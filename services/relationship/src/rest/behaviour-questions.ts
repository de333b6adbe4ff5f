import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { behaviourAdvice } from '../read-models/behaviours/behaviour-advice.ts';
import { behaviourOutcomes } from '../read-models/behaviours/behaviour-outcomes.ts';

const both = [projectionNames.relationship, projectionNames.profitability];

/** How to behave towards a request, and what came of it. */
export const behaviourQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  bindQuestion(contract.getBehaviourAdvice, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const { role, asOf } = query;
      const body = await behaviourAdvice(profitability, reader, {
        tenantId,
        ...params,
        role,
        asOf,
        instant,
        seesRates,
      });
      return body === undefined ? { kind: 'not-found', what: 'request' } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.getBehaviourOutcomes, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, query, instant }, reader) => {
      const { clientId, behaviour, from, asOf } = query;
      const asked = { tenantId, clientId, behaviour, from, asOf, instant, seesRates };
      const body = await behaviourOutcomes(profitability, reader, asked);
      return body === undefined ? { kind: 'refused', code: 'agency-not-configured' } : { kind: 'answer', body };
    },
  }),
];
