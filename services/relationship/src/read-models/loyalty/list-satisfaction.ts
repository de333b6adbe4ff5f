import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { clientTable } from '../tables.ts';
import { satisfactionTable } from './tables.ts';

const ORDER = [{ column: 'statedOn', descending: true }];

/** A page of what a client said of its satisfaction, the newest first; undefined when there is no such client. */
export const listSatisfaction = async (
  reader: RowReader,
  { tenantId, clientId }: { readonly tenantId: string; readonly clientId: string },
  { limit, after }: { readonly limit: number; readonly after?: readonly OrderValue[] | undefined },
) => {
  if ((await reader.get(clientTable, tenantId, clientId)) === undefined) return undefined;
  const found = await reader.list(satisfactionTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'clientId', equals: clientId },
    ],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map(({ tenantId: _, position: __, ...said }) => said),
    next: found.length > limit && last !== undefined ? afterRow(satisfactionTable, ORDER, last) : null,
  };
};
