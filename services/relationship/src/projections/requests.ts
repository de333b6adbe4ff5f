import type {
  behaviourDecided,
  clientRequestRegistered,
  EventData,
  requestClassified,
  requestCompleted,
} from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { requestTable } from '../read-models/requests/tables.ts';
import { knownRequest, needRequest } from './known-request.ts';
import { putStep } from './timeline-step.ts';

type Events = EventData<
  typeof clientRequestRegistered | typeof requestClassified | typeof behaviourDecided | typeof requestCompleted
>;

const NOTHING_YET = {
  scope: null,
  behaviour: null,
  result: null,
  completedOn: null,
  disputed: false,
};

/** Requests, what was said of their scope, how the agency behaved, and how they ended. */
export const requestHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  ClientRequestRegistered: {
    fold: (rows, event) => {
      const { tenantId, data } = event;
      const { stageId: heldStageId } = data;
      rows.put(requestTable, { tenantId, ...data, heldStageId, classifications: [], behaviours: [], ...NOTHING_YET });
      putStep(rows, data.requestId, 'registered', event, {});
    },
  },
  RequestClassified: {
    needs: needRequest,
    fold: (rows, event) => {
      const { requestId, scope, rationale, contractClause, stageId, classifiedOn } = event.data;
      const classification = { scope, rationale, contractClause, stageId, classifiedOn };
      const row = knownRequest(rows, event);
      const was = row.scope;
      row.classifications = [...row.classifications, classification];
      row.scope = scope;
      row.heldStageId = stageId;
      putStep(rows, requestId, 'classified', event, { classification: { ...classification, was } });
    },
  },
  BehaviourDecided: {
    needs: needRequest,
    fold: (rows, event) => {
      const { requestId, behaviour, rationale, advised, decidedOn } = event.data;
      const decided = { behaviour, rationale, advised, decidedOn };
      const row = knownRequest(rows, event);
      const was = row.behaviour;
      row.behaviours = [...row.behaviours, decided];
      row.behaviour = behaviour;
      putStep(rows, requestId, 'behaviour-decided', event, { behaviour: { ...decided, was } });
    },
  },
  RequestCompleted: {
    needs: needRequest,
    fold: (rows, event) => {
      const { requestId, result, completedOn, note } = event.data;
      const row = knownRequest(rows, event);
      row.result = result;
      row.completedOn = completedOn;
      putStep(rows, requestId, 'completed', event, { completion: { result, completedOn, note } });
    },
  },
};
