import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindQuestion } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { clientRoi } from '../read-models/client-roi.ts';
import { businessFacts, missingFacts } from '../read-models/missing-facts.ts';
import { roiEstimate } from '../read-models/roi-estimate.ts';
import { metricQuestions } from './metric-questions.ts';

/** The questions of the roi service, tied to their contracts. */
export const roiQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  ...metricQuestions(profitability),
  bindQuestion(contract.getClientRoi, {
    projections: [projectionNames.roi, projectionNames.profitability],
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const question = { tenantId, ...params, asOf: query.asOf, instant, seesRates };
      const body = await clientRoi(profitability, reader, question);
      if (body === 'not-found') return { kind: 'not-found', what: 'client' };
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.listMissingFacts, {
    projections: [projectionNames.roi, projectionNames.profitability],
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const { asOf, lang } = query;
      const body = await missingFacts(profitability, reader, { tenantId, ...params, asOf, lang, instant, seesRates });
      if (body === 'not-found') return { kind: 'not-found', what: 'client' };
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.listBusinessFacts, {
    projections: [projectionNames.roi],
    answer: async ({ caller: { tenantId }, params }, reader) => {
      const body = await businessFacts(reader, tenantId, params.clientId);
      return body === undefined ? { kind: 'not-found', what: 'client' } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.estimateRoi, {
    projections: [],
    answer: async ({ query }) => ({ kind: 'answer', body: roiEstimate(query) }),
    hot: async ({ query }) => ({ kind: 'answer', body: roiEstimate(query) }),
  }),
];
