import type { StandardBasis } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

/** A standard from its proposal on. */
export interface StandardRow {
  readonly tenantId: string;
  readonly standardId: string;
  readonly serviceType: string | null;
  readonly margin: string;
  readonly effectiveFrom: string;
  readonly rationale: string | null;
  readonly review: StandardBasis | null;
  readonly proposedBy: string;
  readonly proposedAt: string;
  approvedBy: string | null;
  approvedAt: string | null;
  /** Position of the approval in the log: of two with the same date the one approved later holds. */
  approvedAtPosition: number | null;
}

export const standardTable = table<StandardRow>('standard', {
  columns: {
    tenantId: 'text',
    standardId: 'text',
    serviceType: { type: 'text', nullable: true },
    margin: 'text',
    effectiveFrom: 'date',
    rationale: { type: 'text', nullable: true },
    review: { type: 'json', nullable: true },
    proposedBy: 'text',
    proposedAt: 'instant',
    approvedBy: { type: 'text', nullable: true },
    approvedAt: { type: 'instant', nullable: true },
    approvedAtPosition: { type: 'integer', nullable: true },
  },
  key: ['tenantId', 'standardId'],
  lookups: { byTenant: ['tenantId'] },
});
