import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion, decodeCursor } from '@headroom/http';
import { disputeShown, listDisputes } from '../read-models/disputes/list-disputes.ts';
import { disputeTable } from '../read-models/disputes/tables.ts';
import { listExtraPayments, oneExtraPayment } from '../read-models/extra-payments/list-extra-payments.ts';
import { listRequests, oneRequest } from '../read-models/requests/list-requests.ts';
import { nextCursor } from './next-cursor.ts';

const own = [projectionNames.relationship];

const requests = (): Bound[] => [
  bindQuestion(contract.listRequests, {
    projections: own,
    answer: async ({ caller, params, query }, reader) => {
      const { cursor: _, knownAt: __, ...filters } = query;
      const after = decodeCursor(contract.listRequests, { params, query });
      const { items, next } = await listRequests(reader, caller.tenantId, filters, after);
      const cursor = nextCursor(contract.listRequests, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
  bindQuestion(contract.getRequest, {
    projections: own,
    answer: async ({ caller, params }, reader) => {
      const found = await oneRequest(reader, caller.tenantId, params.requestId);
      if (found === undefined) return { kind: 'not-found', what: 'request' };
      return { kind: 'answer', body: { ...found, knownAt: reader.position } };
    },
  }),
];

const disputes = (): Bound[] => [
  bindQuestion(contract.listDisputes, {
    projections: own,
    answer: async ({ caller, params, query }, reader) => {
      const { cursor: _, knownAt: __, ...filters } = query;
      const after = decodeCursor(contract.listDisputes, { params, query });
      const { items, next } = await listDisputes(reader, caller.tenantId, filters, after);
      const cursor = nextCursor(contract.listDisputes, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
  bindQuestion(contract.getDispute, {
    projections: own,
    answer: async ({ caller, params }, reader) => {
      const row = await reader.get(disputeTable, caller.tenantId, params.requestId, params.disputeId);
      if (row === undefined) return { kind: 'not-found', what: 'dispute' };
      return { kind: 'answer', body: { ...disputeShown(row), knownAt: reader.position } };
    },
  }),
];

const extraPayments = (): Bound[] => [
  bindQuestion(contract.listExtraPayments, {
    projections: own,
    answer: async ({ caller, params, query }, reader) => {
      const { cursor: _, knownAt: __, ...filters } = query;
      const after = decodeCursor(contract.listExtraPayments, { params, query });
      const { items, next } = await listExtraPayments(reader, caller.tenantId, filters, after);
      const cursor = nextCursor(contract.listExtraPayments, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor: cursor, knownAt: reader.position } };
    },
  }),
  bindQuestion(contract.getExtraPayment, {
    projections: own,
    answer: async ({ caller, params }, reader) => {
      const found = await oneExtraPayment(reader, caller.tenantId, params.extraPaymentId);
      if (found === undefined) return { kind: 'not-found', what: 'extra payment' };
      return { kind: 'answer', body: { ...found, evidence: [...found.evidence], knownAt: reader.position } };
    },
  }),
];

/** Requests, disputes and extra payments, as lists and one by one. */
export const requestQuestions = (): Bound[] => [...requests(), ...disputes(), ...extraPayments()];
