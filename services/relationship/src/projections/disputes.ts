import type {
  arbiterAssigned,
  disputeRuled,
  EventData,
  requestDisputed,
  rulingAdjustmentSettled,
} from '@headroom/contracts/events';
import type { Handler, Needs, ProjectedEvent, Rows } from '@headroom/projecting';
import { type DisputeRow, disputeTable, unsettledRulingTable } from '../read-models/disputes/tables.ts';
import { knownRequest, needRequest } from './known-request.ts';
import { putStep } from './timeline-step.ts';

type Events = EventData<
  typeof requestDisputed | typeof arbiterAssigned | typeof disputeRuled | typeof rulingAdjustmentSettled
>;

type OfDispute = ProjectedEvent<string, { readonly requestId: string; readonly disputeId: string }>;

const needDispute = (needs: Needs, { tenantId, data }: OfDispute): void =>
  needs.row(disputeTable, tenantId, data.requestId, data.disputeId);

const knownDispute = (rows: Rows, { tenantId, type, data }: OfDispute): DisputeRow => {
  const row = rows.edit(disputeTable, tenantId, data.requestId, data.disputeId);
  if (row === undefined) throw new Error(`${type} of the unknown dispute ${data.disputeId}`);
  return row;
};

const UNRULED = {
  arbiterId: null,
  assignedOn: null,
  ruledOn: null,
  inFavourOf: null,
  ruling: null,
  adjustments: [],
};

/** Disputes about requests, from what is disputed to what the ruling did. */
export const disputeHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  RequestDisputed: {
    needs: needRequest,
    fold: (rows, event) => {
      const { tenantId, data } = event;
      const { disputeId, side, raisedBy: by, channel, disputedOn: on, words, portalKey } = data;
      knownRequest(rows, event).disputed = true;
      rows.put(disputeTable, { tenantId, ...data, ...UNRULED });
      putStep(rows, data.requestId, 'disputed', event, {
        dispute: { disputeId, on, side, by, channel, words, throughPortal: portalKey !== null },
      });
    },
  },
  ArbiterAssigned: {
    needs: needDispute,
    fold: (rows, event) => {
      const { requestId, disputeId, arbiterId, assignedOn } = event.data;
      const row = knownDispute(rows, event);
      const was = row.arbiterId;
      row.arbiterId = arbiterId;
      row.assignedOn = assignedOn;
      putStep(rows, requestId, 'arbiter-assigned', event, { arbiter: { disputeId, arbiterId, on: assignedOn, was } });
    },
  },
  DisputeRuled: {
    needs: (needs, event) => {
      needRequest(needs, event);
      needDispute(needs, event);
    },
    fold: (rows, event) => {
      const { requestId, disputeId, arbiterId, ruledOn, inFavourOf, ruling, adjustments } = event.data;
      knownRequest(rows, event).disputed = false;
      const row = knownDispute(rows, event);
      row.ruledOn = ruledOn;
      row.inFavourOf = inFavourOf;
      row.ruling = ruling;
      row.adjustments = adjustments.map((one) => ({ ...one, outcome: null, ref: null, refusedWith: null }));
      if (adjustments.length > 0) {
        const { tenantId, meta } = event;
        rows.put(unsettledRulingTable, { tenantId, requestId, disputeId, ruledBy: meta.actor });
      }
      const told = { disputeId, arbiterId, on: ruledOn, inFavourOf, words: ruling, adjustments: adjustments.length };
      putStep(rows, requestId, 'dispute-ruled', event, { ruling: told });
    },
  },
  RulingAdjustmentSettled: {
    needs: needDispute,
    fold: (rows, event) => {
      const { requestId, disputeId, adjustmentId, kind, outcome, ref, refusedWith } = event.data;
      const row = knownDispute(rows, event);
      row.adjustments = row.adjustments.map((one) =>
        one.adjustmentId === adjustmentId ? { ...one, outcome, ref, refusedWith } : one,
      );
      if (row.adjustments.every((one) => one.outcome !== null)) {
        rows.remove(unsettledRulingTable, event.tenantId, requestId, disputeId);
      }
      const settled = row.adjustments.find((one) => one.adjustmentId === adjustmentId);
      const amount = settled === undefined || settled.kind === 'goodwill' ? null : settled.amount;
      putStep(rows, requestId, `adjustment-${outcome}`, event, {
        adjustment: { disputeId, adjustmentId, kind, amount, ref, refusedWith },
      });
    },
  },
};
