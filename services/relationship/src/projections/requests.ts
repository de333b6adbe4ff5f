import type { clientRequestRegistered, EventData, requestClassified } from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { requestTable } from '../read-models/tables.ts';
import { putStep } from './timeline-step.ts';

type Events = EventData<typeof clientRequestRegistered | typeof requestClassified>;

/** Requests and what was said of their scope. */
export const requestHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  ClientRequestRegistered: {
    fold: (rows, event) => {
      rows.put(requestTable, { tenantId: event.tenantId, ...event.data, classifications: [] });
      putStep(rows, event.data.requestId, 'registered', event, {});
    },
  },
  RequestClassified: {
    needs: (needs, { tenantId, data }) => needs.row(requestTable, tenantId, data.requestId),
    fold: (rows, event) => {
      const { requestId, scope, rationale, contractClause, stageId, classifiedOn } = event.data;
      const classification = { scope, rationale, contractClause, stageId, classifiedOn };
      const row = rows.edit(requestTable, event.tenantId, requestId);
      if (row === undefined) throw new Error(`the unknown request ${requestId} was classified`);
      row.classifications = [...row.classifications, classification];
      putStep(rows, requestId, 'classified', event, { classification });
    },
  },
};
