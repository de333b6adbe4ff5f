import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import type { QueryOf } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindQuestion, type QuestionReply } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { clientRoi } from '../read-models/client-roi.ts';
import { businessFacts, missingFacts } from '../read-models/missing-facts.ts';
import { projectRoi, serviceTypeRoi } from '../read-models/project-roi.ts';
import { roiEstimate } from '../read-models/roi-estimate.ts';
import { estimateQuestions } from './estimate-questions.ts';
import { metricQuestions } from './metric-questions.ts';
import { roiExplanation } from './roi-explanation.ts';
import { storyQuestion } from './story-question.ts';

const estimated = (query: QueryOf<typeof contract.estimateRoi>): QuestionReply<typeof contract.estimateRoi> => {
  const body = roiEstimate(query);
  return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
};

/** The questions of the roi service, tied to their contracts. */
export const roiQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  ...metricQuestions(profitability),
  storyQuestion(profitability),
  roiExplanation(profitability),
  bindQuestion(contract.getClientRoi, {
    projections: [projectionNames.roi, projectionNames.profitability],
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const question = { tenantId, ...params, asOf: query.asOf, instant, seesRates };
      const body = await clientRoi(profitability, reader, question);
      if (body === 'not-found') return { kind: 'not-found', what: 'client' };
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.getProjectRoi, {
    projections: [projectionNames.roi, projectionNames.profitability],
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const question = { tenantId, ...params, asOf: query.asOf, instant, seesRates };
      const body = await projectRoi(profitability, reader, question);
      if (body === 'not-found') return { kind: 'not-found', what: 'project' };
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.getServiceTypeRoi, {
    projections: [projectionNames.roi, projectionNames.profitability],
    answer: async ({ caller: { tenantId, seesRates }, query, instant }, reader) => {
      const { asOf, serviceType } = query;
      const body = await serviceTypeRoi(profitability, reader, { tenantId, serviceType, asOf, instant, seesRates });
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
    answer: async ({ query }) => estimated(query),
    hot: async ({ query }) => estimated(query),
  }),
  ...estimateQuestions(profitability),
];
