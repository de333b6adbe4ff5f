import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { periodTable } from './tables.ts';

interface ListPeriods {
  readonly status?: 'open' | 'closed' | undefined;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

const ORDER = [{ column: 'month' }];

/** A page of the months that were ever closed. `next` is where the page after begins. */
export const listPeriods = async (reader: RowReader, tenantId: string, { status, limit, after }: ListPeriods) => {
  const found = await reader.list(periodTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      ...(status === undefined ? [] : [{ column: 'closed', equals: status === 'closed' }]),
    ],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map(({ month, closed, history }) => ({
      month,
      status: closed ? ('closed' as const) : ('open' as const),
      history,
    })),
    next: found.length > limit && last !== undefined ? afterRow(periodTable, ORDER, last) : null,
  };
};
