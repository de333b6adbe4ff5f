import type { ClientScope, ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { OrderValue, RowReader } from '@headroom/projecting';
import { type ExtraPaymentRow, extraPaymentTable } from '../extra-payments/tables.ts';
import { equalTo, type Page, pageOf } from '../page-of.ts';
import { type RequestRow, requestTable } from '../requests/tables.ts';
import { timelineTable } from '../requests/timeline-tables.ts';
import { entryOf, portalStep } from './timeline.ts';

/** Whether something of a client and a project is what a key may look at. */
export const isWithin = (
  { clientId, projectId }: Pick<ClientScope, 'clientId' | 'projectId'>,
  subject: { readonly clientId: string; readonly projectId: string },
): boolean => subject.clientId === clientId && (projectId === undefined || subject.projectId === projectId);

const told = (row: RequestRow) => {
  const { requestId, projectId, heldStageId: stageId, askedBy, channel, askedAt, askedOn, words } = row;
  const { scope, result, completedOn, disputed } = row;
  return {
    requestId,
    projectId,
    stageId,
    askedBy,
    channel,
    askedAt,
    askedOn,
    words,
    scope,
    result,
    completedOn,
    disputed,
  };
};

/** A page of the client's requests, the newest first. */
export const portalRequests = async (
  reader: RowReader,
  scope: ClientScope,
  { status, ...page }: Page & { readonly status?: 'open' | 'completed' | undefined },
) => {
  const ended =
    status === 'open'
      ? [{ column: 'result', equals: null }]
      : status === 'completed'
        ? [{ column: 'result', in: ['done', 'dropped'] }]
        : [];
  const where = [...equalTo({ ...scope }), ...ended];
  const { rows, next } = await pageOf(reader, requestTable, where, [{ column: 'askedOn', descending: true }], page);
  return { items: rows.map(told), next };
};

/** A request of the client with a page of what came of it; undefined when the client has no such request. */
export const portalTimeline = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  scope: ClientScope & { readonly requestId: string },
  page: { readonly limit: number; readonly after?: readonly OrderValue[] | undefined },
) => {
  const { tenantId, requestId } = scope;
  const request = await reader.get(requestTable, tenantId, requestId);
  if (request === undefined || !isWithin(scope, request)) return undefined;
  const where = equalTo({ tenantId, requestId });
  const { rows, next } = await pageOf(reader, timelineTable, where, [{ column: 'at' }], page);
  const entries = rows.flatMap((row) => entryOf(row) ?? []);
  const counted = await profitability.countedEntries(reader, tenantId, entries);
  const items = rows.flatMap((row) => {
    const entryId = entryOf(row);
    return entryId === undefined || counted.has(entryId) ? (portalStep(row) ?? []) : [];
  });
  return { request: told(request), items, next };
};

const paymentTold = (row: ExtraPaymentRow) => {
  const { extraPaymentId, requestId, stageId, projectId, status, currency, proposedMinor, agreedMinor } = row;
  const { proposedOn, answeredOn, answeredBy, disputeId, evidence } = row;
  return {
    extraPaymentId,
    requestId,
    stageId,
    projectId,
    status,
    proposed: { minor: proposedMinor, currency },
    agreed: agreedMinor === null ? null : { minor: agreedMinor, currency },
    proposedOn,
    answeredOn,
    // Who ruled is not who answered.
    answeredBy: disputeId === null ? answeredBy : null,
    ruled: disputeId !== null,
    evidence: evidence.map(({ kind, ref, shown }) => ({
      kind,
      ref,
      on: shown?.on ?? null,
      seconds: shown?.seconds ?? null,
    })),
  };
};

/** A page of the client's extra payments, the newest first. */
export const portalExtraPayments = async (
  reader: RowReader,
  scope: ClientScope,
  { status, ...page }: Page & { readonly status?: ExtraPaymentRow['status'] | undefined },
) => {
  const where = equalTo({ ...scope, status });
  const order = [{ column: 'proposedOn', descending: true }];
  const { rows, next } = await pageOf(reader, extraPaymentTable, where, order, page);
  return { items: rows.map(paymentTold), next };
};
