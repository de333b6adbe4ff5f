import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion, decodeCursor } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { portalExtraPayments, portalRequests, portalTimeline } from '../read-models/portal/requests.ts';
import { nextCursor } from './next-cursor.ts';
import { noPortal, scopeOf } from './portal-scope.ts';

const own = [projectionNames.relationship];
const both = [projectionNames.relationship, projectionNames.profitability];

const projectsAndHours = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  bindQuestion(contract.listPortalProjects, {
    projections: [projectionNames.profitability],
    answer: async ({ caller, params, query }, reader) => {
      const scope = scopeOf(caller);
      if (scope === undefined) return noPortal;
      const after = decodeCursor(contract.listPortalProjects, { params, query });
      const { items, next } = await profitability.projectsOfClient(reader, scope, { limit: query.limit, after });
      const cursor = nextCursor(contract.listPortalProjects, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
  bindQuestion(contract.listPortalHours, {
    projections: [projectionNames.profitability],
    answer: async ({ caller, params, query }, reader) => {
      const scope = scopeOf(caller, query);
      if (scope === undefined) return noPortal;
      const after = decodeCursor(contract.listPortalHours, { params, query });
      const { requestId, from, to, limit } = query;
      const asked = { ...scope, requestId, from, to };
      const { items, next } = await profitability.hoursOfClient(reader, asked, { limit, after });
      const cursor = nextCursor(contract.listPortalHours, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
];

const requests = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  bindQuestion(contract.listPortalRequests, {
    projections: own,
    answer: async ({ caller, params, query }, reader) => {
      const scope = scopeOf(caller, query);
      if (scope === undefined) return noPortal;
      const after = decodeCursor(contract.listPortalRequests, { params, query });
      const { status, limit } = query;
      const { items, next } = await portalRequests(reader, scope, { status, limit, after });
      const cursor = nextCursor(contract.listPortalRequests, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
  bindQuestion(contract.getPortalTimeline, {
    projections: both,
    answer: async ({ caller, params, query }, reader) => {
      const scope = scopeOf(caller);
      if (scope === undefined) return noPortal;
      const after = decodeCursor(contract.getPortalTimeline, { params, query });
      const asked = { ...scope, ...params };
      const found = await portalTimeline(profitability, reader, asked, { limit: query.limit, after });
      if (found === undefined) return { kind: 'not-found', what: 'request' };
      const { request, items, next } = found;
      const cursor = nextCursor(contract.getPortalTimeline, { params, query }, next);
      return { kind: 'answer', body: { ...request, items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
];

/** What a client may ask, of its own projects alone. */
export const portalQuestions = (profitability: ProfitabilityQuestions<RowReader>): Bound[] => [
  ...projectsAndHours(profitability),
  ...requests(profitability),
  bindQuestion(contract.listPortalExtraPayments, {
    projections: own,
    answer: async ({ caller, params, query }, reader) => {
      const scope = scopeOf(caller, query);
      if (scope === undefined) return noPortal;
      const after = decodeCursor(contract.listPortalExtraPayments, { params, query });
      const { status, limit } = query;
      const { items, next } = await portalExtraPayments(reader, scope, { status, limit, after });
      const cursor = nextCursor(contract.listPortalExtraPayments, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
];
