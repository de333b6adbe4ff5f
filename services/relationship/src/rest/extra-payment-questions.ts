import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { extraPaymentAdvice } from '../read-models/extra-payment-advice.ts';
import { extraPaymentWorklist } from '../read-models/extra-payment-worklist.ts';

const projections = [projectionNames.relationship, projectionNames.profitability];

/** When to ask for an extra payment: for one stage, and over all that are under way. */
export const extraPaymentQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  bindQuestion(contract.getExtraPaymentAdvice, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const { asOf, gainMinor, lang: language } = query;
      const question = { tenantId, ...params, asOf, gainMinor, instant, seesRates, language };
      const body = await extraPaymentAdvice(profitability, reader, question);
      return body === undefined ? { kind: 'not-found', what: 'stage' } : { kind: 'answer', body };
    },
  }),

  bindQuestion(contract.listExtraPaymentAdvice, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await profitability.agency(reader, tenantId);
      if (agency === undefined) return { kind: 'refused', code: 'agency-not-configured' };
      const after = decodeCursor(contract.listExtraPaymentAdvice, { params, query });
      const asOf = query.asOf ?? localDate(instant, agency.timeZone);
      const asked = { ...query, tenantId, agency, asOf, seesRates, language: query.lang, after };
      const { next, ...page } = await extraPaymentWorklist(profitability, reader, asked);
      const nextCursor = next && encodeCursor(contract.listExtraPaymentAdvice, { params, query }, next);
      return { kind: 'answer', body: { ...page, nextCursor } };
    },
  }),
];
