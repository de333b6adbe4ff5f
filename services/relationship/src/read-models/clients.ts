import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { clientTable } from './tables.ts';

const ORDER = [{ column: 'name' }];

/** A page of clients by name; `next` is where the page behind it begins, null on the last one. */
export const listClients = async (
  reader: RowReader,
  tenantId: string,
  { limit, after }: { readonly limit: number; readonly after?: readonly OrderValue[] | undefined },
) => {
  const found = await reader.list(clientTable, {
    where: [{ column: 'tenantId', equals: tenantId }],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map(({ clientId, name, since, externalRef }) => ({ clientId, name, since, externalRef })),
    next: found.length > limit && last !== undefined ? afterRow(clientTable, ORDER, last) : null,
  };
};
