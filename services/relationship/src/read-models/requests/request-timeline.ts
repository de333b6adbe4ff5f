import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { requestState } from './request-state.ts';
import { requestTable } from './tables.ts';
import { requestTimeTable, timelineTable } from './timeline-tables.ts';

const ORDER = [{ column: 'at' }];

/** A request and a page of what touched it, in log order; undefined when there is no such request. */
export const requestTimeline = async (
  reader: RowReader,
  tenantId: string,
  requestId: string,
  { limit, after }: { readonly limit: number; readonly after?: readonly OrderValue[] | undefined },
) => {
  const request = await reader.get(requestTable, tenantId, requestId);
  if (request === undefined) return undefined;
  const time = await reader.get(requestTimeTable, tenantId, requestId);
  const found = await reader.list(timelineTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'requestId', equals: requestId },
    ],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    request: requestState(request),
    loggedSeconds: time?.seconds ?? 0,
    items: rows.map(({ position, recordedAt, actor, reason, event, detail }) => ({
      position,
      recordedAt,
      actor,
      reason,
      event,
      ...detail,
    })),
    next: found.length > limit && last !== undefined ? afterRow(timelineTable, ORDER, last) : null,
  };
};
