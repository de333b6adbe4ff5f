import type { RowReader } from '@headroom/projecting';
import { specialistTable } from './tables.ts';

/** A page of specialists by id; cost rates only for who may see them. */
export const listSpecialists = async (
  reader: RowReader,
  tenantId: string,
  { limit, after, seesRates }: { readonly limit: number; readonly after?: string; readonly seesRates: boolean },
) => {
  const rows = await reader.list(specialistTable, {
    where: [{ column: 'tenantId', equals: tenantId }],
    orderBy: [{ column: 'specialistId' }],
    ...(after === undefined ? {} : { after: [after, tenantId] }),
    limit: limit + 1,
  });
  const items = rows.slice(0, limit).map(({ specialistId, name, role, kind, externalRef, costRates }) => ({
    specialistId,
    name,
    role,
    kind,
    externalRef,
    costRates: seesRates
      ? costRates.map(({ rateId, effectiveFrom, ratePerHour }) => ({ rateId, effectiveFrom, ratePerHour }))
      : null,
  }));
  return { items, more: rows.length > limit };
};
