import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { estimateAgainstActual, forecastingBias, sharedEstimates } from '../read-models/roi-estimates.ts';

const both = [projectionNames.roi, projectionNames.profitability];

/** The estimates that were shared, and what came of them. */
export const estimateQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  bindQuestion(contract.getRoiEstimate, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const question = { tenantId, ...params, asOf: query.asOf, instant, seesRates };
      const body = await estimateAgainstActual(profitability, reader, question);
      return body === undefined ? { kind: 'not-found', what: 'estimate' } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.listRoiEstimates, {
    projections: [projectionNames.roi],
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.listRoiEstimates, { params, query });
      const { items, next } = await sharedEstimates(reader, tenantId, { ...query, after });
      const cursor =
        next === null ? null : encodeCursor(contract.listRoiEstimates, { params, query }, next.map(String));
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
  bindQuestion(contract.getForecastingBias, {
    projections: both,
    answer: async ({ caller: { tenantId }, query, instant }, reader) => {
      const body = await forecastingBias(profitability, reader, { tenantId, asOf: query.asOf, instant });
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),
];
