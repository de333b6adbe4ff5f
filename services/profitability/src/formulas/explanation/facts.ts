import type { Activity, Baseline, Billing, Money } from '@headroom/contracts/events';
import type { ExpenseCategory, PlannedWork, RoleSeconds } from '../stage-ledger.ts';

/** The log positions of the events that say so. */
export interface Sourced {
  readonly from: number[];
}

/** Something that counts from a day on. */
export interface Dated extends Sourced {
  readonly on: string;
}

export interface DatedMoney extends Dated {
  readonly id: string;
  readonly amount: Money;
}

/** Below zero where something is taken back. */
export interface RatedMoney extends DatedMoney {
  /** The day whose rate of exchange applies. */
  readonly ratedOn: string;
}

export interface FactEntry extends Sourced {
  readonly entryId: string;
  readonly specialistId: string;
  readonly role: string;
  /** The day on which the figures count it. */
  readonly workDate: string;
  /** The day of the work, whose rate applies. */
  readonly workedOn: string;
  readonly seconds: number;
  readonly activity: Activity;
  readonly billable: boolean;
  readonly goodwill: boolean;
  readonly late: boolean;
  readonly approved: boolean;
}

export interface FactRate extends Sourced {
  readonly specialistId: string;
  readonly rateId: string;
  readonly effectiveFrom: string;
  readonly ratePerHour: string;
}

export interface FactBillRate extends Sourced {
  readonly scope: 'agency' | 'client' | 'project' | 'role' | 'specialist';
  readonly key: string;
  readonly effectiveFrom: string;
  readonly ratePerHour: string;
}

/** All that a stage's figures are made of, up to a day, each fact with the events that say so. */
export interface StageFacts {
  readonly projectId: string;
  readonly clientId: string;
  readonly serviceType: string | null;
  readonly currency: string;
  readonly asOf: string;
  readonly plan: Sourced & {
    readonly billing: Billing;
    readonly revenueMinor: number;
    readonly work: PlannedWork[];
    readonly expensesMinor: number;
  };
  readonly baseline: Baseline | null;
  readonly lifecycle: (Dated & { readonly to: 'started' | 'closed' })[];
  readonly estimates: (Dated & { readonly work: RoleSeconds[]; readonly expensesMinor: number })[];
  readonly extraPayments: (DatedMoney & { readonly estimatedCost: Money })[];
  readonly expenses: (RatedMoney & { readonly category: ExpenseCategory })[];
  readonly writeOffs: DatedMoney[];
  readonly invoiced: RatedMoney[];
  readonly paid: RatedMoney[];
  /** By day and id: the order in which the labour cost is allocated. */
  readonly entries: FactEntry[];
  /** The latest work date of any entry that the stage ever had, even behind `asOf`; empty before the first. */
  readonly lastWorkDate: string;
  /** Cost rates of the people on the stage, by date. */
  readonly rates: FactRate[];
  /** Bill rates, by date; only where hours are billed. */
  readonly billRates: FactBillRate[];
  readonly exchangeRates: (Sourced & {
    readonly currency: string;
    readonly rate: string;
    readonly effectiveFrom: string;
  })[];
  /** By date, later approvals behind. */
  readonly standards: (Sourced & {
    readonly margin: string;
    readonly effectiveFrom: string;
    readonly serviceType: string | null;
  })[];
  readonly approvalRequired: boolean;
}
