import type { clientRequestRegistered, EventData, requestClassified } from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { scopeRequestTable } from '../read-models/views/tables.ts';

export type RequestEvents = EventData<typeof clientRequestRegistered | typeof requestClassified>;

export const requestHandlers: {
  readonly [Type in keyof RequestEvents & string]: Handler<Type, RequestEvents[Type]>;
} = {
  ClientRequestRegistered: {
    fold: (rows, { tenantId, data: { requestId, stageId } }) =>
      rows.put(scopeRequestTable, { tenantId, requestId, stageId, scope: null }),
  },
  RequestClassified: {
    fold: (rows, { tenantId, data: { requestId, stageId, scope } }) =>
      rows.put(scopeRequestTable, { tenantId, requestId, stageId, scope }),
  },
};
