import type {
  EventData,
  extraPaymentAgreed,
  extraPaymentDeclined,
  extraPaymentProposed,
  extraPaymentWithdrawn,
} from '@headroom/contracts/events';
import type { Handler, ProjectedEvent, Rows } from '@headroom/projecting';
import { type ExtraPaymentRow, extraPaymentTable } from '../read-models/extra-payments/tables.ts';
import type { StepDetail, TimelineRow } from '../read-models/requests/timeline-tables.ts';
import { putStep } from './timeline-step.ts';

type Events = EventData<
  typeof extraPaymentProposed | typeof extraPaymentAgreed | typeof extraPaymentDeclined | typeof extraPaymentWithdrawn
>;
type Step = Extract<TimelineRow['event'], `extra-payment-${string}`>;
type Told = NonNullable<StepDetail['extraPayment']>;

const tell = (
  rows: Rows,
  event: ProjectedEvent,
  { requestIds }: ExtraPaymentRow,
  step: Step,
  extraPayment: Told,
): void => {
  for (const requestId of requestIds) putStep(rows, requestId, step, event, { extraPayment });
};

/** The request that a payment is for, and those that it is made to rest on. */
const requestsOf = ({ requestId, evidence }: Events['ExtraPaymentProposed']): string[] => {
  const shown = evidence.filter(({ kind, shown }) => kind === 'request' && shown !== null).map(({ ref }) => ref);
  return [...new Set([...(requestId === null ? [] : [requestId]), ...shown])];
};

const known = (rows: Rows, tenantId: string, extraPaymentId: string): ExtraPaymentRow => {
  const row = rows.edit(extraPaymentTable, tenantId, extraPaymentId);
  if (row === undefined) throw new Error(`something happened to the unknown extra payment ${extraPaymentId}`);
  return row;
};

/** Extra payments, from the proposal to the client's answer. */
export const extraPaymentHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  ExtraPaymentProposed: {
    fold: (rows, event) => {
      const { extraPaymentId, requestId, stageId, projectId, clientId, amount, proposedOn, evidence } = event.data;
      const row: ExtraPaymentRow = {
        tenantId: event.tenantId,
        extraPaymentId,
        requestId,
        stageId,
        projectId,
        clientId,
        currency: amount.currency,
        proposedMinor: amount.minor,
        proposedOn,
        answer: null,
        agreedMinor: null,
        answeredOn: null,
        withdrawnOn: null,
        status: 'proposed',
        answeredBy: null,
        channel: null,
        agreedAt: null,
        attachment: null,
        portalKey: null,
        disputeId: null,
        evidence: structuredClone(evidence),
        requestIds: requestsOf(event.data),
      };
      rows.put(extraPaymentTable, row);
      const told = { extraPaymentId, amount, on: proposedOn, by: null, channel: null, words: null };
      tell(rows, event, row, 'extra-payment-proposed', told);
    },
  },
  ExtraPaymentAgreed: {
    needs: (needs, { tenantId, data }) => needs.row(extraPaymentTable, tenantId, data.extraPaymentId),
    fold: (rows, event) => {
      const { extraPaymentId, amount, agreedOn, agreedBy, channel, ...proof } = event.data;
      const { agreedAt, attachment, portalKey, disputeId } = proof;
      const row = known(rows, event.tenantId, extraPaymentId);
      row.answer = 'agreed';
      row.agreedMinor = amount.minor;
      row.answeredOn = agreedOn;
      row.status = 'agreed';
      row.answeredBy = agreedBy;
      row.channel = channel;
      row.agreedAt = agreedAt;
      row.attachment = attachment;
      row.portalKey = portalKey;
      row.disputeId = disputeId;
      const told = { extraPaymentId, amount, on: agreedOn, by: agreedBy, channel, words: null };
      tell(rows, event, row, 'extra-payment-agreed', told);
    },
  },
  ExtraPaymentDeclined: {
    needs: (needs, { tenantId, data }) => needs.row(extraPaymentTable, tenantId, data.extraPaymentId),
    fold: (rows, event) => {
      const { extraPaymentId, amount, declinedOn, declinedBy, words } = event.data;
      const row = known(rows, event.tenantId, extraPaymentId);
      row.answer = 'declined';
      row.answeredOn = declinedOn;
      row.status = 'declined';
      row.answeredBy = declinedBy;
      const told = { extraPaymentId, amount, on: declinedOn, by: declinedBy, channel: null, words };
      tell(rows, event, row, 'extra-payment-declined', told);
    },
  },
  ExtraPaymentWithdrawn: {
    needs: (needs, { tenantId, data }) => needs.row(extraPaymentTable, tenantId, data.extraPaymentId),
    fold: (rows, event) => {
      const { extraPaymentId, amount, withdrawnOn } = event.data;
      const row = known(rows, event.tenantId, extraPaymentId);
      row.withdrawnOn = withdrawnOn;
      row.status = 'withdrawn';
      const told = { extraPaymentId, amount, on: withdrawnOn, by: null, channel: null, words: null };
      tell(rows, event, row, 'extra-payment-withdrawn', told);
    },
  },
};
