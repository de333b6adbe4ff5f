import type { Needs, ProjectedEvent, Rows } from '@headroom/projecting';
import { type RequestRow, requestTable } from '../read-models/requests/tables.ts';

type OfRequest = ProjectedEvent<string, { readonly requestId: string }>;

export const needRequest = (needs: Needs, { tenantId, data }: OfRequest): void =>
  needs.row(requestTable, tenantId, data.requestId);

/** The row of the request that an event is about, to change. Throws when it was never registered. */
export const knownRequest = (rows: Rows, { tenantId, type, data }: OfRequest): RequestRow => {
  const row = rows.edit(requestTable, tenantId, data.requestId);
  if (row === undefined) throw new Error(`${type} of the unknown request ${data.requestId}`);
  return row;
};
