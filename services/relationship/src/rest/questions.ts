import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion, decodeCursor } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { listClients } from '../read-models/clients.ts';
import { requestTimeline } from '../read-models/requests/request-timeline.ts';
import { behaviourQuestions } from './behaviour-questions.ts';
import { extraPaymentQuestions } from './extra-payment-questions.ts';
import { loyaltyQuestions } from './loyalty-questions.ts';
import { nextCursor } from './next-cursor.ts';
import { portalQuestions } from './portal-questions.ts';
import { requestQuestions } from './request-questions.ts';

const own = [projectionNames.relationship];

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

/** The questions of the relationship service, tied to their contracts. */
export const relationshipQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  clients(),
  timeline(),
  ...requestQuestions(),
  ...portalQuestions(profitability),
  ...loyaltyQuestions(profitability),
  ...behaviourQuestions(profitability),
  ...extraPaymentQuestions(profitability),
];
