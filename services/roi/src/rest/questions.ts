import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import type { QueryOf } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindQuestion, type QuestionReply } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import { RememberedBySnapshot, type RowReader } from '@headroom/projecting';
import { clientRoi } from '../read-models/client-roi.ts';
import { businessFacts, missingFacts } from '../read-models/missing-facts.ts';
import { projectRoi, serviceTypeRoi } from '../read-models/project-roi.ts';
import { roiEstimate } from '../read-models/roi-estimate.ts';
import { estimateQuestions } from './estimate-questions.ts';
import { metricQuestions } from './metric-questions.ts';
import { storyQuestion } from './story-question.ts';

const estimated = (query: QueryOf<typeof contract.estimateRoi>): QuestionReply<typeof contract.estimateRoi> => {
  const body = roiEstimate(query);
  return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
};

/** The local date of an instant; undefined before the agency is configured. */
const todayOf = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  instant: string,
): Promise<string | undefined> => {
  const agency = await profitability.agency(reader, tenantId);
  return agency === undefined ? undefined : localDate(instant, agency.timeZone);
};

const MOST_KEPT = 600;

/** Asked of every client in turn, a year's end has hundreds of long answers; most are asked for again. */
const clientRoiQuestion = (profitability: ProfitabilityQuestions<RowReader>): Bound => {
  const kept = new RememberedBySnapshot<Awaited<ReturnType<typeof clientRoi>>>(MOST_KEPT);
  return bindQuestion(contract.getClientRoi, {
    projections: [projectionNames.roi, projectionNames.profitability],
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const asOf = query.asOf ?? (await todayOf(profitability, reader, tenantId, instant));
      const name = `${tenantId} ${params.clientId} ${asOf} ${seesRates}`;
      const body = await kept.of(reader, name, () =>
        clientRoi(profitability, reader, { tenantId, ...params, asOf, instant, seesRates }),
      );
      if (body === 'not-found') return { kind: 'not-found', what: 'client' };
      if (typeof body === 'string') return { kind: 'refused', code: body };
      return { kind: 'answer', body, lasting: true };
    },
  });
};

/** The questions of the roi service, tied to their contracts. */
export const roiQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  ...metricQuestions(profitability),
  storyQuestion(profitability),
  clientRoiQuestion(profitability),
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
