import type { Rows } from '@headroom/projecting';
import { type AgencyRow, agencyTable } from '../read-models/tables.ts';

/** The agency's row to change; it is there from the first event on that speaks of the agency. */
export const agencyRow = (rows: Rows, tenantId: string): AgencyRow => {
  const row = rows.edit(agencyTable, tenantId);
  if (row !== undefined) return row;
  const fresh: AgencyRow = { tenantId, settings: null, workingHours: [], standards: [] };
  rows.put(agencyTable, fresh);
  return fresh;
};
