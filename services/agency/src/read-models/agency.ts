import type { RowReader } from '@headroom/projecting';
import { agencyTable } from './tables.ts';

/** The agency's settings and approved standards; undefined until it is configured. */
export const getAgency = async (reader: RowReader, tenantId: string) => {
  const row = await reader.get(agencyTable, tenantId);
  if (row?.settings == null) return undefined;
  return { ...row.settings, workingHours: row.workingHours, standards: row.standards, knownAt: reader.position };
};
