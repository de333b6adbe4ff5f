import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { specialistTable } from './tables.ts';

const ORDER = [{ column: 'specialistId' }];

/** A page of specialists by id; cost rates only for who may see them. `next` is where the page after begins. */
export const listSpecialists = async (
  reader: RowReader,
  tenantId: string,
  { limit, after, seesRates }: { limit: number; after: readonly OrderValue[] | undefined; seesRates: boolean },
) => {
  const found = await reader.list(specialistTable, {
    where: [{ column: 'tenantId', equals: tenantId }],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const items = rows.map(({ specialistId, name, role, kind, externalRef, deactivatedOn, costRates }) => ({
    specialistId,
    name,
    role,
    kind,
    externalRef,
    deactivatedOn,
    costRates: seesRates
      ? costRates.map(({ rateId, effectiveFrom, ratePerHour }) => ({ rateId, effectiveFrom, ratePerHour }))
      : null,
  }));
  const next = found.length > limit && last !== undefined ? afterRow(specialistTable, ORDER, last) : null;
  return { items, next };
};
