import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { clientLoyalty } from '../read-models/loyalty/client-loyalty.ts';
import { loyaltyHistory } from '../read-models/loyalty/history.ts';
import { listSatisfaction } from '../read-models/loyalty/list-satisfaction.ts';
import { clientSegments } from '../read-models/loyalty/segments.ts';
import { loyaltyExplanation } from './loyalty-explanation.ts';

const both = [projectionNames.relationship, projectionNames.profitability];
const noClient = { kind: 'not-found', what: 'client' } as const;

const satisfaction = () =>
  bindQuestion(contract.listSatisfaction, {
    projections: [projectionNames.relationship],
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.listSatisfaction, { params, query });
      const found = await listSatisfaction(reader, { tenantId, ...params }, { limit: query.limit, after });
      if (found === undefined) return noClient;
      const { items, next } = found;
      const nextCursor = next && encodeCursor(contract.listSatisfaction, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  });

const loyalty = (profitability: ProfitabilityQuestions<RowReader>) =>
  bindQuestion(contract.getClientLoyalty, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const question = { tenantId, ...params, asOf: query.asOf, instant, seesRates };
      const body = await clientLoyalty(profitability, reader, question);
      return body === undefined ? noClient : { kind: 'answer', body };
    },
  });

const history = (profitability: ProfitabilityQuestions<RowReader>) =>
  bindQuestion(contract.getLoyaltyHistory, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const { asOf, months } = query;
      const question = { tenantId, ...params, months, asOf, instant, seesRates };
      const body = await loyaltyHistory(profitability, reader, question);
      return body === undefined ? noClient : { kind: 'answer', body };
    },
  });

const segments = (profitability: ProfitabilityQuestions<RowReader>) =>
  bindQuestion(contract.listClientSegments, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await profitability.agency(reader, tenantId);
      if (agency === undefined) return { kind: 'refused', code: 'agency-not-configured' };
      const after = decodeCursor(contract.listClientSegments, { params, query });
      const asOf = query.asOf ?? localDate(instant, agency.timeZone);
      const asked = { ...query, tenantId, agency, asOf, seesRates, after };
      const { next, ...page } = await clientSegments(profitability, reader, asked);
      const nextCursor = next && encodeCursor(contract.listClientSegments, { params, query }, next);
      return { kind: 'answer', body: { ...page, nextCursor } };
    },
  });

/** The questions about who deserves care, tied to their contracts. */
export const loyaltyQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  satisfaction(),
  loyalty(profitability),
  loyaltyExplanation(profitability),
  history(profitability),
  segments(profitability),
];
