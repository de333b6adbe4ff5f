import type { BillRateScope, CostBreakdown, LoyaltySettings, RuleSettings } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

export interface ApprovedStandard {
  readonly standardId: string;
  readonly margin: string;
  readonly effectiveFrom: string;
  readonly serviceType: string | null;
}

export interface WorkingHours {
  readonly effectiveFrom: string;
  readonly monthlyHours: number;
}

export interface AgencyRow {
  readonly tenantId: string;
  settings:
    | (RuleSettings & {
        readonly name: string;
        readonly currency: string;
        readonly timeZone: string;
        readonly costBasis: 'capacity' | 'billable';
        readonly loyalty: LoyaltySettings;
      })
    | null;
  /** By date, one a date. */
  workingHours: WorkingHours[];
  /** In the order in which they were approved. */
  standards: ApprovedStandard[];
}

export const agencyTable = table<AgencyRow>('agency', {
  columns: { tenantId: 'text', settings: { type: 'json', nullable: true }, workingHours: 'json', standards: 'json' },
  key: ['tenantId'],
});

export interface CostRate {
  readonly rateId: string;
  readonly effectiveFrom: string;
  readonly ratePerHour: string;
  readonly breakdown: CostBreakdown | null;
}

export interface SpecialistRow {
  readonly tenantId: string;
  readonly specialistId: string;
  readonly name: string;
  readonly role: string;
  readonly kind: 'employee' | 'contractor';
  readonly externalRef: string | null;
  deactivatedOn: string | null;
  /** By date, one a date: a rate supersedes the one of the same date. */
  costRates: CostRate[];
}

export const specialistTable = table<SpecialistRow>('specialist', {
  columns: {
    tenantId: 'text',
    specialistId: 'text',
    name: { type: 'text', personal: true },
    role: 'text',
    kind: 'text',
    externalRef: { type: 'text', nullable: true, personal: true },
    deactivatedOn: { type: 'date', nullable: true },
    costRates: 'json',
  },
  key: ['tenantId', 'specialistId'],
  lookups: { byTenant: ['tenantId'] },
});

export interface BillRate {
  readonly rateId: string;
  readonly effectiveFrom: string;
  readonly ratePerHour: string;
  readonly currency: string;
}

export interface BillRateRow {
  readonly tenantId: string;
  readonly scope: BillRateScope['kind'];
  /** What the scope names; `agency` for the agency itself. */
  readonly subject: string;
  /** By date, one a date. */
  rates: BillRate[];
}

export const billRateTable = table<BillRateRow>('bill_rate', {
  columns: { tenantId: 'text', scope: 'text', subject: 'text', rates: 'json' },
  key: ['tenantId', 'scope', 'subject'],
});
