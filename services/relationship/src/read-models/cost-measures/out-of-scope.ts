import type { ProfitabilityQuestions, WorkItem } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import { extraPaymentTable } from '../extra-payments/tables.ts';
import { classificationOn } from '../requests/stage-requests.ts';
import { type RequestRow, requestTable } from '../requests/tables.ts';

export interface OutOfScope {
  readonly seconds: number;
  readonly costMinor: number;
}

/** Contact and favours are counted as such already. */
const isWork = ({ activity, goodwill }: WorkItem): boolean =>
  !goodwill && (activity === 'production' || activity === 'management');

/**
 * Work within `[from, to)` for requests that were held to be out of scope by its end and that no agreed extra payment
 * had paid for, by client.
 */
export const outOfScopeWork = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  { from, lastDay }: { readonly from: string; readonly lastDay: string },
): Promise<(clientId: string) => OutOfScope> => {
  const [requests, payments] = await Promise.all([
    reader.where(requestTable, 'byProject', [tenantId]),
    reader.where(extraPaymentTable, 'byClient', [tenantId]),
  ]);
  const paid = new Set(
    payments
      .filter(({ answer, answeredOn }) => answer === 'agreed' && answeredOn !== null && answeredOn <= lastDay)
      .map(({ requestId }) => requestId),
  );
  const unpaid = requests.filter(
    (row: RequestRow) => classificationOn(row, lastDay)?.scope === 'out-of-scope' && !paid.has(row.requestId),
  );
  const clientOf = new Map(unpaid.map(({ requestId, clientId }) => [requestId, clientId]));
  const items = await profitability.workForRequests(reader, tenantId, [...clientOf.keys()], lastDay);
  const sums = new Map<string, OutOfScope>();
  for (const item of items) {
    const clientId = item.requestId === null ? undefined : clientOf.get(item.requestId);
    if (clientId === undefined || !isWork(item) || item.date < from) continue;
    const sum = sums.get(clientId) ?? { seconds: 0, costMinor: 0 };
    sums.set(clientId, { seconds: sum.seconds + item.seconds, costMinor: sum.costMinor + (item.costMinor ?? 0) });
  }
  return (clientId) => sums.get(clientId) ?? { seconds: 0, costMinor: 0 };
};
