import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import type { OrderValue, RowReader } from '@headroom/projecting';
import { listClients } from '../read-models/clients.ts';
import { extraPaymentAdvice } from '../read-models/extra-payment-advice.ts';
import { clientLoyalty } from '../read-models/loyalty/client-loyalty.ts';
import { listSatisfaction } from '../read-models/loyalty/list-satisfaction.ts';
import { requestTimeline } from '../read-models/requests/request-timeline.ts';

const own = [projectionNames.relationship];
const both = [projectionNames.relationship, projectionNames.profitability];

/** The order columns of the lists here are texts. */
const nextCursor = (
  operation: Parameters<typeof encodeCursor>[0],
  scope: Parameters<typeof encodeCursor>[1],
  next: readonly OrderValue[] | null,
): string | null => (next === null ? null : encodeCursor(operation, scope, next.map(String)));

const clients = () =>
  bindQuestion(contract.listClients, {
    projections: own,
    answer: async ({ caller, params, query }, reader) => {
      const after = decodeCursor(contract.listClients, { params, query });
      const { items, next } = await listClients(reader, caller.tenantId, { limit: query.limit, after });
      const cursor = nextCursor(contract.listClients, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  });

const satisfaction = () =>
  bindQuestion(contract.listSatisfaction, {
    projections: own,
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.listSatisfaction, { params, query });
      const found = await listSatisfaction(reader, { tenantId, ...params }, { limit: query.limit, after });
      if (found === undefined) return { kind: 'not-found', what: 'client' };
      const cursor = nextCursor(contract.listSatisfaction, { params, query }, found.next);
      return { kind: 'answer', body: { items: found.items, nextCursor: cursor, knownAt: reader.position } };
    },
  });

const timeline = () =>
  bindQuestion(contract.getRequestTimeline, {
    projections: own,
    answer: async ({ caller, params, query }, reader) => {
      const after = decodeCursor(contract.getRequestTimeline, { params, query });
      const page = { limit: query.limit, after };
      const found = await requestTimeline(reader, caller.tenantId, params.requestId, page);
      if (found === undefined) return { kind: 'not-found', what: 'request' };
      const { request, loggedSeconds, items, next } = found;
      const cursor = nextCursor(contract.getRequestTimeline, { params, query }, next);
      return {
        kind: 'answer',
        body: { ...request, loggedSeconds, items, nextCursor: cursor, knownAt: reader.position },
      };
    },
  });

const loyalty = (profitability: ProfitabilityQuestions<RowReader>) =>
  bindQuestion(contract.getClientLoyalty, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const question = { tenantId, ...params, asOf: query.asOf, instant, seesRates };
      const body = await clientLoyalty(profitability, reader, question);
      return body === undefined ? { kind: 'not-found', what: 'client' } : { kind: 'answer', body };
    },
  });

const advice = (profitability: ProfitabilityQuestions<RowReader>) =>
  bindQuestion(contract.getExtraPaymentAdvice, {
    projections: both,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const { asOf, gainMinor } = query;
      const question = { tenantId, ...params, asOf, gainMinor, instant, seesRates };
      const body = await extraPaymentAdvice(profitability, reader, question);
      return body === undefined ? { kind: 'not-found', what: 'stage' } : { kind: 'answer', body };
    },
  });

/** The questions of the relationship service, tied to their contracts. */
export const relationshipQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  clients(),
  satisfaction(),
  timeline(),
  loyalty(profitability),
  advice(profitability),
];
