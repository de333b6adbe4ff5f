import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, decodeCursor, type QuestionRequest } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { configured, dayOf } from '../read-models/stage-view.ts';
import { financeView, productionView, type ViewQuestion } from '../read-models/views/role-views.ts';
import { type SalesPorts, salesView } from '../read-models/views/sales-view.ts';
import { cursorOf } from './cursor.ts';

export const projections = [projectionNames.profitability];
export const allProjections = [projectionNames.profitability, projectionNames.relationship, projectionNames.roi];
export const absent = { kind: 'not-found', what: 'agency' } as const;

type View = typeof contract.getProductionView | typeof contract.getFinanceView;

/** A page of a role's view. */
const answered = async <Body extends { readonly next: string | null }>(
  operation: View,
  { caller: { tenantId, seesRates }, params, query, instant }: QuestionRequest<View>,
  reader: RowReader,
  view: (reader: RowReader, question: ViewQuestion) => Promise<Body>,
) => {
  const agency = await configured(reader, tenantId);
  if (agency === undefined) return absent;
  const [last] = decodeCursor(operation, { params, query }) ?? [];
  const after = last === undefined ? undefined : String(last);
  const asOf = dayOf(query.asOf, instant, agency);
  const { next, ...body } = await view(reader, { ...query, tenantId, agency, asOf, seesRates, after });
  const nextCursor = cursorOf(operation, { params, query }, next === null ? null : [next]);
  return { kind: 'answer' as const, body: { ...body, nextCursor } };
};

/** The same facts, asked by sales. */
export const salesQuestion = (ports: SalesPorts): Bound =>
  bindQuestion(contract.getSalesView, {
    projections: allProjections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return absent;
      const [last] = decodeCursor(contract.getSalesView, { params, query }) ?? [];
      const after = last === undefined ? undefined : String(last);
      const asOf = dayOf(query.asOf, instant, agency);
      const question = { ...query, tenantId, agency, asOf, instant, seesRates, after };
      const { next, ...body } = await salesView(ports, reader, question);
      const nextCursor = cursorOf(contract.getSalesView, { params, query }, next === null ? null : [next]);
      return { kind: 'answer', body: { ...body, nextCursor } };
    },
  });

/** The same facts, asked by production and by finance. */
export const viewQuestions = (): Bound[] => [
  bindQuestion(contract.getProductionView, {
    projections,
    answer: (request, reader) => answered(contract.getProductionView, request, reader, productionView),
  }),
  bindQuestion(contract.getFinanceView, {
    projections,
    answer: (request, reader) => answered(contract.getFinanceView, request, reader, financeView),
  }),
];
