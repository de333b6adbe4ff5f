import type { QueryOf } from '@headroom/contracts/rest';
import type { listRequests as contract } from '@headroom/contracts/rest/relationship';
import type { Condition, OrderValue, RowReader } from '@headroom/projecting';
import { equalTo, pageOf } from '../page-of.ts';
import { requestState } from './request-state.ts';
import { requestTable } from './tables.ts';
import { requestTimeTable } from './timeline-tables.ts';

export type Filters = Omit<QueryOf<typeof contract>, 'cursor' | 'knownAt'>;

const ORDER = [{ column: 'askedOn', descending: true }];
const RESULTS = ['done', 'dropped'];

const conditions = (tenantId: string, filters: Filters): Condition[] => {
  const { clientId, projectId, stageId: heldStageId, scope, behaviour, status, disputed, from, to } = filters;
  const awaiting = disputed === undefined ? undefined : disputed === 'true';
  const ended: Condition = status === 'open' ? { column: 'result', equals: null } : { column: 'result', in: RESULTS };
  return [
    ...equalTo({ tenantId, clientId, projectId, heldStageId, scope, behaviour, disputed: awaiting }),
    ...(status === undefined ? [] : [ended]),
    ...(from === undefined ? [] : [{ column: 'askedOn', from }]),
    ...(to === undefined ? [] : [{ column: 'askedOn', to }]),
  ];
};

/** A page of requests, the newest first. */
export const listRequests = async (
  reader: RowReader,
  tenantId: string,
  filters: Filters,
  after: readonly OrderValue[] | undefined,
) => {
  const { rows, next } = await pageOf(reader, requestTable, conditions(tenantId, filters), ORDER, {
    limit: filters.limit,
    after,
  });
  return { items: rows.map(requestState), next };
};

/** One request with the hours that count for it; undefined when there is none. */
export const oneRequest = async (reader: RowReader, tenantId: string, requestId: string) => {
  const row = await reader.get(requestTable, tenantId, requestId);
  if (row === undefined) return undefined;
  const time = await reader.get(requestTimeTable, tenantId, requestId);
  return { ...requestState(row), loggedSeconds: time?.seconds ?? 0 };
};
