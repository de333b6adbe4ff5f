import * as contract from '@headroom/contracts/rest/agency';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import { getAgency } from '../read-models/agency.ts';
import { priceAnHour } from '../read-models/price-of-hour.ts';
import { listSpecialists } from '../read-models/specialists.ts';

const projections = ['agency'];

/** The questions of the agency service, tied to their contracts. */
export const agencyQuestions = (): Bound[] => [
  bindQuestion(contract.getAgency, {
    projections,
    answer: async ({ caller }, reader) => {
      const body = await getAgency(reader, caller.tenantId);
      return body === undefined ? { kind: 'not-found', what: 'agency' } : { kind: 'answer', body };
    },
  }),
  bindQuestion(contract.listSpecialists, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query }, reader) => {
      const scope = { params, query };
      const after = decodeCursor(contract.listSpecialists, scope);
      const { items, next } = await listSpecialists(reader, tenantId, { limit: query.limit, after, seesRates });
      const nextCursor = next === null ? null : encodeCursor(contract.listSpecialists, scope, next.map(String));
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.priceAnHour, {
    projections,
    answer: async ({ caller, params, query, instant }, reader) => {
      const body = await priceAnHour(reader, caller.tenantId, { ...params, ...query, instant });
      if (body === 'not-found') return { kind: 'not-found', what: 'specialist' };
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),
];
