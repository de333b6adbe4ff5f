import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { inForce } from './bill-rates.ts';
import { specialistTable } from './tables.ts';

const ORDER = [{ column: 'specialistId' }];

/** A page of specialists by id, each with the cost rate in force on a day or with none. */
export const listCostRates = async (
  reader: RowReader,
  tenantId: string,
  { asOf, limit, after }: { asOf: string; limit: number; after: readonly OrderValue[] | undefined },
) => {
  const found = await reader.list(specialistTable, {
    where: [{ column: 'tenantId', equals: tenantId }],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const items = rows.map(({ specialistId, name, role, costRates }) => {
    const version = inForce(costRates, asOf);
    if (version === undefined) return { specialistId, name, role, rate: null };
    const { rateId, effectiveFrom, ratePerHour } = version.rate;
    return { specialistId, name, role, rate: { rateId, effectiveFrom, until: version.until, ratePerHour } };
  });
  const next = found.length > limit && last !== undefined ? afterRow(specialistTable, ORDER, last) : null;
  return { items, next };
};
