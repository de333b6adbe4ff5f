import type { QueryOf } from '@headroom/contracts/rest';
import type { listExtraPayments as contract } from '@headroom/contracts/rest/relationship';
import type { OrderValue, RowReader } from '@headroom/projecting';
import { equalTo, pageOf } from '../page-of.ts';
import { type ExtraPaymentRow, extraPaymentTable } from './tables.ts';

type Filters = Omit<QueryOf<typeof contract>, 'cursor' | 'knownAt'>;

const ORDER = [{ column: 'proposedOn', descending: true }];

/** An extra payment as it is shown in lists. */
export const extraPaymentShown = (row: ExtraPaymentRow) => {
  const { extraPaymentId, requestId, stageId, projectId, clientId, status, currency, proposedMinor, agreedMinor } = row;
  const { proposedOn, answeredOn, answeredBy, channel, agreedAt, attachment, portalKey, disputeId, withdrawnOn } = row;
  const links = { extraPaymentId, requestId, stageId, projectId, clientId };
  return {
    ...links,
    status,
    proposed: { minor: proposedMinor, currency },
    agreed: agreedMinor === null ? null : { minor: agreedMinor, currency },
    proposedOn,
    answeredOn,
    answeredBy,
    channel,
    agreedAt,
    attachment,
    throughPortal: portalKey !== null,
    disputeId,
    withdrawnOn,
  };
};

/** A page of extra payments, the newest first. */
export const listExtraPayments = async (
  reader: RowReader,
  tenantId: string,
  { limit, ...filters }: Filters,
  after: readonly OrderValue[] | undefined,
) => {
  const where = equalTo({ tenantId, ...filters });
  const { rows, next } = await pageOf(reader, extraPaymentTable, where, ORDER, { limit, after });
  return { items: rows.map(extraPaymentShown), next };
};

/** One extra payment with its evidence; undefined when there is none. */
export const oneExtraPayment = async (reader: RowReader, tenantId: string, extraPaymentId: string) => {
  const row = await reader.get(extraPaymentTable, tenantId, extraPaymentId);
  return row === undefined ? undefined : { ...extraPaymentShown(row), evidence: row.evidence };
};
