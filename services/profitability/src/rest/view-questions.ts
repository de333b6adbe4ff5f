import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, decodeCursor } from '@headroom/http';
import { configured, dayOf } from '../read-models/stage-view.ts';
import { financeView, productionView } from '../read-models/views/role-views.ts';
import { cursorOf } from './cursor.ts';

const projections = [projectionNames.profitability];
const absent = { kind: 'not-found', what: 'agency' } as const;

/** The same facts, asked by production and by finance. */
export const viewQuestions = (): Bound[] => [
  bindQuestion(contract.getProductionView, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return absent;
      const [after] = decodeCursor(contract.getProductionView, { params, query }) ?? [];
      const asOf = dayOf(query.asOf, instant, agency);
      const { next, ...body } = await productionView(reader, {
        ...query,
        tenantId,
        agency,
        asOf,
        seesRates,
        after: after === undefined ? undefined : String(after),
      });
      const nextCursor = cursorOf(contract.getProductionView, { params, query }, next === null ? null : [next]);
      return { kind: 'answer', body: { ...body, nextCursor } };
    },
  }),
  bindQuestion(contract.getFinanceView, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return absent;
      const [after] = decodeCursor(contract.getFinanceView, { params, query }) ?? [];
      const asOf = dayOf(query.asOf, instant, agency);
      const { next, ...body } = await financeView(reader, {
        ...query,
        tenantId,
        agency,
        asOf,
        seesRates,
        after: after === undefined ? undefined : String(after),
      });
      const nextCursor = cursorOf(contract.getFinanceView, { params, query }, next === null ? null : [next]);
      return { kind: 'answer', body: { ...body, nextCursor } };
    },
  }),
];
