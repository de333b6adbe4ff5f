import type { ResponseOf } from '@headroom/contracts/rest';
import type { getPortalTimeline } from '@headroom/contracts/rest/relationship';
import type { StepDetail, TimelineRow } from '../requests/timeline-tables.ts';

type Step = ResponseOf<typeof getPortalTimeline>['items'][number];
type Hours = NonNullable<StepDetail['after']>;

/** The time entry that a step is about, if it is about one. */
export const entryOf = ({ detail }: TimelineRow): string | undefined => (detail.after ?? detail.before)?.entryId;

/** What an entry says of this request; what it says of another one is not this timeline's. */
const hoursFor = (requestId: string, hours: Hours | undefined) => {
  if (hours === undefined || hours.requestId !== requestId) return undefined;
  const { entryId, role, workDate, seconds, activity, goodwill } = hours;
  return { entryId, role, workDate, seconds, activity, goodwill };
};

const hoursStep = ({ requestId, recordedAt, event, detail }: TimelineRow): Step | undefined => {
  if (event !== 'hours-logged' && event !== 'hours-corrected') return undefined;
  const before = hoursFor(requestId, detail.before);
  const after = hoursFor(requestId, detail.after);
  const told = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  return { recordedAt, event, on: (after ?? before)?.workDate ?? null, ...told };
};

const paymentStep = (
  recordedAt: string,
  event: Extract<Step['event'], `extra-payment-${string}`>,
  payment: StepDetail['extraPayment'],
): Step | undefined => {
  if (payment === undefined) return undefined;
  const { extraPaymentId, amount, on, by, words } = payment;
  return { recordedAt, event, on, extraPaymentId, amount, by, words };
};

const disputeStep = ({ recordedAt, event, detail }: TimelineRow): Step | undefined => {
  const { dispute, arbiter, ruling, adjustment } = detail;
  if (event === 'disputed' && dispute) {
    const { disputeId, on, side, by, words } = dispute;
    return { recordedAt, event, on, disputeId, side, by, words };
  }
  if (event === 'arbiter-assigned' && arbiter)
    return { recordedAt, event, on: arbiter.on, disputeId: arbiter.disputeId };
  if (event === 'dispute-ruled' && ruling) {
    const { disputeId, on, inFavourOf, words } = ruling;
    return { recordedAt, event, on, disputeId, inFavourOf, words };
  }
  if (event !== 'adjustment-posted' || adjustment === undefined) return undefined;
  const { disputeId, kind, amount } = adjustment;
  return { recordedAt, event, on: null, disputeId, adjustment: kind, amount };
};

/** A step as the client is told it; undefined for what is the agency's own business. */
export const portalStep = (row: TimelineRow): Step | undefined => {
  const { recordedAt, event, detail } = row;
  switch (event) {
    case 'registered':
      return { recordedAt, event, on: null };
    case 'classified': {
      const { scope, contractClause, classifiedOn: on } = detail.classification ?? {};
      return scope === undefined
        ? undefined
        : { recordedAt, event, on: on ?? null, scope, contractClause: contractClause ?? null };
    }
    case 'completed': {
      const { result, completedOn } = detail.completion ?? {};
      return result === undefined ? undefined : { recordedAt, event, on: completedOn ?? null, result };
    }
    case 'hours-logged':
    case 'hours-corrected':
    case 'hours-voided':
      return hoursStep(row);
    case 'extra-payment-proposed':
    case 'extra-payment-agreed':
    case 'extra-payment-declined':
    case 'extra-payment-withdrawn':
      return paymentStep(recordedAt, event, detail.extraPayment);
    case 'disputed':
    case 'arbiter-assigned':
    case 'dispute-ruled':
    case 'adjustment-posted':
      return disputeStep(row);
    case 'behaviour-decided':
    case 'adjustment-refused':
      return undefined;
  }
};
