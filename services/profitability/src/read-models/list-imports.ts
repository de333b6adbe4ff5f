import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { type ImportRow, importTable } from './import-table.ts';

const ORDER = [{ column: 'startedAt', descending: true }];

/** A page of imports, the newest first. `next` is where the page after begins. */
export const listImports = async (
  reader: RowReader,
  tenantId: string,
  question: {
    readonly status?: string | undefined;
    readonly limit: number;
    readonly after?: readonly OrderValue[] | undefined;
  },
): Promise<{ readonly rows: readonly ImportRow[]; readonly next: readonly OrderValue[] | null }> => {
  const { status, limit, after } = question;
  const found = await reader.list(importTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      ...(status === undefined ? [] : [{ column: 'status', equals: status }]),
    ],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? afterRow(importTable, ORDER, last) : null };
};
