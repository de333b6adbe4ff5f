import * as contract from '@headroom/contracts/rest/agency';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import type { OrderValue, RowReader } from '@headroom/projecting';
import { getAgency } from '../read-models/agency.ts';
import { listBillRates } from '../read-models/bill-rates.ts';
import { listCostRates } from '../read-models/cost-rates.ts';
import { priceAnHour } from '../read-models/price-of-hour/price-an-hour.ts';
import { listSpecialists } from '../read-models/specialists.ts';
import { getStandard } from '../read-models/standards.ts';
import { agencyTable } from '../read-models/tables.ts';

import { utilisation } from './utilisation.ts';

const projections = ['agency'];

type Operation = Parameters<typeof encodeCursor>[0];
type Scope = Parameters<typeof encodeCursor>[1];

/** Lists here are ordered by texts alone, so every value of a cursor is one. */
const cursorOf = (operation: Operation, scope: Scope, next: readonly OrderValue[] | null): string | null =>
  next === null ? null : encodeCursor(operation, scope, next.map(String));

/** The day asked for, today in the agency's time zone (UTC before it is configured) when none was named. */
const dayOf = async (reader: RowReader, tenantId: string, asOf: string | undefined, instant: string) => {
  const settings = (await reader.get(agencyTable, tenantId))?.settings ?? null;
  return { settings, day: asOf ?? localDate(instant, settings?.timeZone ?? 'UTC') };
};

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
      const nextCursor = cursorOf(contract.listSpecialists, scope, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.listCostRates, {
    projections,
    answer: async ({ caller: { tenantId }, params, query, instant }, reader) => {
      const scope = { params, query };
      const { settings, day } = await dayOf(reader, tenantId, query.asOf, instant);
      if (settings === null) return { kind: 'refused', code: 'agency-not-configured' };
      const after = decodeCursor(contract.listCostRates, scope);
      const { items, next } = await listCostRates(reader, tenantId, { asOf: day, limit: query.limit, after });
      const { costBasis: basis, currency } = settings;
      const nextCursor = cursorOf(contract.listCostRates, scope, next);
      return { kind: 'answer', body: { items, basis, currency, nextCursor, asOf: day, knownAt: reader.position } };
    },
  }),
  bindQuestion(contract.listBillRates, {
    projections,
    answer: async ({ caller: { tenantId }, params, query, instant }, reader) => {
      const scope = { params, query };
      const { day } = await dayOf(reader, tenantId, query.asOf, instant);
      const after = decodeCursor(contract.listBillRates, scope);
      const { items, next } = await listBillRates(reader, tenantId, { ...query, asOf: day, after });
      const nextCursor = cursorOf(contract.listBillRates, scope, next);
      return { kind: 'answer', body: { items, nextCursor, asOf: day, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.getStandard, {
    projections,
    answer: async ({ caller: { tenantId }, query, instant }, reader) => {
      const { day } = await dayOf(reader, tenantId, query.asOf, instant);
      const body = await getStandard(reader, tenantId, { serviceType: query.serviceType ?? null, day });
      return { kind: 'answer', body };
    },
  }),

  bindQuestion(contract.priceAnHour, {
    projections,
    answer: async ({ caller, params, query, instant }, reader) => {
      const asked = { ...params, ...query, instant, language: query.lang };
      const body = await priceAnHour(reader, caller.tenantId, asked);
      if (body === 'not-found') return { kind: 'not-found', what: 'specialist' };
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),
  utilisation(),
];
