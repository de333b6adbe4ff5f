import type { RowReader } from '@headroom/projecting';
import { type StandardRow, standardTable } from './standard-tables.ts';

type Approved = StandardRow & { readonly approvedBy: string; readonly approvedAt: string };

const isApproved = (row: StandardRow): row is Approved => row.approvedAt !== null;

const byDate = (one: StandardRow, other: StandardRow): number =>
  one.effectiveFrom < other.effectiveFrom
    ? -1
    : one.effectiveFrom > other.effectiveFrom
      ? 1
      : (one.approvedAtPosition ?? 0) - (other.approvedAtPosition ?? 0);

const proposalOf = (row: StandardRow) => {
  const { standardId, margin, serviceType, effectiveFrom, rationale, review, proposedBy, proposedAt } = row;
  return { standardId, margin, serviceType, effectiveFrom, rationale, review, proposedBy, proposedAt };
};

/** The approved versions of one scope by their dates; each holds until the next one begins. */
const versionsOf = (rows: readonly StandardRow[], serviceType: string | null) => {
  const approved = rows.filter(isApproved).filter((row) => row.serviceType === serviceType);
  return approved.sort(byDate).map((row, index) => ({
    ...proposalOf(row),
    effectiveTo: approved[index + 1]?.effectiveFrom ?? null,
    approvedBy: row.approvedBy,
    approvedAt: row.approvedAt,
  }));
};

/** The standard in force on a day: the service type's own where there is one, the agency's otherwise. */
export const getStandard = async (
  reader: RowReader,
  tenantId: string,
  { serviceType, day }: { readonly serviceType: string | null; readonly day: string },
) => {
  const rows = await reader.where(standardTable, 'byTenant', [tenantId]);
  const own = serviceType === null ? [] : versionsOf(rows, serviceType);
  const general = versionsOf(rows, null);
  const inForce = (versions: typeof own) => versions.findLast(({ effectiveFrom }) => effectiveFrom <= day);
  return {
    serviceType,
    standard: inForce(own) ?? inForce(general) ?? null,
    versions: [...own, ...general],
    proposals: rows
      .filter((row) => !isApproved(row) && (row.serviceType === null || row.serviceType === serviceType))
      .sort(byDate)
      .map(proposalOf),
    asOf: day,
    knownAt: reader.position,
  };
};
