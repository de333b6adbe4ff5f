import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { specialistTable } from './tables.ts';

const ORDER = [{ column: 'specialistId' }];

/** A page of the specialists with hours on days that no cost rate of theirs covers, and those days. */
export const listUncostedTime = async (
  reader: RowReader,
  tenantId: string,
  { limit, after }: { readonly limit: number; readonly after: readonly OrderValue[] | undefined },
) => {
  const found = await reader.list(specialistTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'uncostedSeconds', from: 1 },
    ],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const items = rows.map(({ specialistId, name, role, rates, uncosted, uncostedSeconds }) => {
    const days = Object.entries(uncosted).sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      specialistId,
      name,
      role,
      seconds: uncostedSeconds,
      firstRateFrom: rates[0]?.effectiveFrom ?? null,
      days: days.map(([workDate, seconds]) => ({ workDate, seconds })),
    };
  });
  return {
    items,
    next: found.length > limit && last !== undefined ? afterRow(specialistTable, ORDER, last) : null,
  };
};
