import type {
  EventData,
  extraPaymentAgreed,
  extraPaymentDeclined,
  extraPaymentProposed,
  extraPaymentWithdrawn,
} from '@headroom/contracts/events';
import type { Handler, ProjectedEvent, Rows } from '@headroom/projecting';
import type { StepDetail, TimelineRow } from '../read-models/requests/timeline-tables.ts';
import { type ExtraPaymentRow, extraPaymentTable } from '../read-models/tables.ts';
import { putStep } from './timeline-step.ts';

type Events = EventData<
  typeof extraPaymentProposed | typeof extraPaymentAgreed | typeof extraPaymentDeclined | typeof extraPaymentWithdrawn
>;
type Step = Extract<TimelineRow['event'], `extra-payment-${string}`>;
type Told = NonNullable<StepDetail['extraPayment']>;

const tell = (
  rows: Rows,
  event: ProjectedEvent<string, { readonly requestId: string | null }>,
  step: Step,
  extraPayment: Told,
): void => {
  if (event.data.requestId !== null) putStep(rows, event.data.requestId, step, event, { extraPayment });
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
      const { extraPaymentId, requestId, stageId, projectId, clientId, amount, proposedOn } = event.data;
      rows.put(extraPaymentTable, {
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
      });
      const told = { extraPaymentId, amount, on: proposedOn, by: null, channel: null, words: null };
      tell(rows, event, 'extra-payment-proposed', told);
    },
  },
  ExtraPaymentAgreed: {
    needs: (needs, { tenantId, data }) => needs.row(extraPaymentTable, tenantId, data.extraPaymentId),
    fold: (rows, event) => {
      const { extraPaymentId, amount, agreedOn, agreedBy, channel } = event.data;
      const row = known(rows, event.tenantId, extraPaymentId);
      row.answer = 'agreed';
      row.agreedMinor = amount.minor;
      row.answeredOn = agreedOn;
      const told = { extraPaymentId, amount, on: agreedOn, by: agreedBy, channel, words: null };
      tell(rows, event, 'extra-payment-agreed', told);
    },
  },
  ExtraPaymentDeclined: {
    needs: (needs, { tenantId, data }) => needs.row(extraPaymentTable, tenantId, data.extraPaymentId),
    fold: (rows, event) => {
      const { extraPaymentId, amount, declinedOn, declinedBy, words } = event.data;
      const row = known(rows, event.tenantId, extraPaymentId);
      row.answer = 'declined';
      row.answeredOn = declinedOn;
      const told = { extraPaymentId, amount, on: declinedOn, by: declinedBy, channel: null, words };
      tell(rows, event, 'extra-payment-declined', told);
    },
  },
  ExtraPaymentWithdrawn: {
    needs: (needs, { tenantId, data }) => needs.row(extraPaymentTable, tenantId, data.extraPaymentId),
    fold: (rows, event) => {
      const { extraPaymentId, amount, withdrawnOn } = event.data;
      known(rows, event.tenantId, extraPaymentId).withdrawnOn = withdrawnOn;
      const told = { extraPaymentId, amount, on: withdrawnOn, by: null, channel: null, words: null };
      tell(rows, event, 'extra-payment-withdrawn', told);
    },
  },
};
