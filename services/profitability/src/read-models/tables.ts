import type {
  Activity,
  ApprovalStatus,
  InvoiceLine,
  LoyaltySettings,
  Money,
  RuleSettings,
} from '@headroom/contracts/events';
import { table } from '@headroom/projecting';
import type { BillRate } from '../formulas/bill-rate.ts';
import type { Tenure } from '../formulas/managers.ts';
import type { Rate, StageLedger } from '../formulas/stage-ledger.ts';
import type { ExchangeRate } from '../formulas/stage-state.ts';
import { alertTable, type BudgetWatch } from './alerts/tables.ts';
import { importTable } from './import-table.ts';
import { pastStageTable } from './quote/tables.ts';
import { reviewTable, stageClosingTable } from './reviews/tables.ts';
import { scopeRequestTable } from './views/tables.ts';

export interface Settings extends RuleSettings {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly loyalty: LoyaltySettings;
}

export interface Standard {
  readonly margin: string;
  readonly effectiveFrom: string;
  readonly serviceType: string | null;
}

export interface SettingsRow {
  readonly tenantId: string;
  settings: Settings | null;
  /** Approved standards by date; of two with the same date the later approved comes last. */
  standards: Standard[];
  /** By date, one a currency and date. */
  exchangeRates: ExchangeRate[];
  /** Position of the event that changed it last. */
  changedAt: number;
}

export const settingsTable = table<SettingsRow>('settings', {
  columns: {
    tenantId: 'text',
    settings: { type: 'json', nullable: true },
    standards: 'json',
    exchangeRates: 'json',
    changedAt: 'integer',
  },
  key: ['tenantId'],
});

export interface SpecialistRow {
  readonly tenantId: string;
  readonly specialistId: string;
  readonly name: string;
  readonly role: string;
  readonly kind: 'employee' | 'contractor';
  readonly externalRef: string | null;
  deactivatedOn: string | null;
  rates: Rate[];
  /** Seconds on work dates that no rate covers, by date. */
  uncosted: { [workDate: string]: number };
  uncostedSeconds: number;
}

export const specialistTable = table<SpecialistRow>('specialist', {
  columns: {
    tenantId: 'text',
    specialistId: 'text',
    name: 'text',
    role: 'text',
    kind: 'text',
    externalRef: { type: 'text', nullable: true },
    deactivatedOn: { type: 'date', nullable: true },
    rates: 'json',
    uncosted: 'json',
    uncostedSeconds: 'integer',
  },
  key: ['tenantId', 'specialistId'],
  lookups: { byTenant: ['tenantId'], byRole: ['tenantId', 'role'] },
});

/** All bill rates of an agency: one row, so that a question about a stage billed by time reads it by its key. */
export interface BillRatesRow {
  readonly tenantId: string;
  readonly rates: readonly BillRate[];
  /** Position of the event that changed it last. */
  readonly changedAt: number;
}

export const billRatesTable = table<BillRatesRow>('bill_rates', {
  columns: { tenantId: 'text', rates: 'json', changedAt: 'integer' },
  key: ['tenantId'],
});

export interface ClientRow {
  readonly tenantId: string;
  readonly clientId: string;
  readonly name: string;
}

export const clientTable = table<ClientRow>('client', {
  columns: { tenantId: 'text', clientId: 'text', name: 'text' },
  key: ['tenantId', 'clientId'],
  lookups: { byTenant: ['tenantId'] },
});

export interface ProjectRow {
  readonly tenantId: string;
  readonly projectId: string;
  readonly clientId: string;
  readonly name: string;
  /** The manager named last, who may take over on a later day: `managers` tells who manages when. */
  managerId: string;
  readonly serviceType: string | null;
  readonly openedOn: string;
  readonly externalRef: string | null;
  /** Seconds of work without a stage, by date. */
  unattributed: { [workDate: string]: number };
  /** Position of the event that changed it last. */
  changedAt: number;
  /** By date. */
  managers: Tenure[];
  backups: Tenure<string | null>[];
}

export const projectTable = table<ProjectRow>('project', {
  columns: {
    tenantId: 'text',
    projectId: 'text',
    clientId: 'text',
    name: 'text',
    managerId: 'text',
    serviceType: { type: 'text', nullable: true },
    openedOn: 'date',
    externalRef: { type: 'text', nullable: true },
    unattributed: 'json',
    changedAt: 'integer',
    managers: 'json',
    backups: 'json',
  },
  key: ['tenantId', 'projectId'],
  lookups: { byClient: ['tenantId', 'clientId'], byTenant: ['tenantId', 'changedAt'] },
});

export type StageStatus = 'planned' | 'started' | 'closed';

export interface StageRow {
  readonly tenantId: string;
  readonly stageId: string;
  readonly projectId: string;
  readonly clientId: string;
  readonly name: string;
  readonly serviceType: string | null;
  readonly externalRef: string | null;
  status: StageStatus;
  startedOn: string | null;
  closedOn: string | null;
  ledger: StageLedger;
  budget: BudgetWatch;
  /** Position of the event that changed it last: so whoever keeps rows in mind reads the changed ones only. */
  changedAt: number;
}

export const stageTable = table<StageRow>('stage', {
  columns: {
    tenantId: 'text',
    stageId: 'text',
    projectId: 'text',
    clientId: 'text',
    name: 'text',
    serviceType: { type: 'text', nullable: true },
    externalRef: { type: 'text', nullable: true },
    status: 'text',
    startedOn: { type: 'date', nullable: true },
    closedOn: { type: 'date', nullable: true },
    ledger: 'json',
    budget: 'json',
    changedAt: 'integer',
  },
  key: ['tenantId', 'stageId'],
  lookups: {
    byProject: ['tenantId', 'projectId'],
    byClient: ['tenantId', 'clientId'],
    byTenant: ['tenantId', 'changedAt'],
  },
});

export interface InvoiceRow {
  readonly tenantId: string;
  readonly invoiceId: string;
  readonly clientId: string;
  readonly number: string | null;
  readonly externalRef: string | null;
  readonly issuedOn: string;
  readonly dueOn: string;
  status: 'open' | 'paid';
  readonly total: Money;
  readonly lines: readonly InvoiceLine[];
  payments: { readonly paymentId: string; readonly amount: Money; readonly paidOn: string }[];
}

export const invoiceTable = table<InvoiceRow>('invoice', {
  columns: {
    tenantId: 'text',
    invoiceId: 'text',
    clientId: 'text',
    number: { type: 'text', nullable: true },
    externalRef: { type: 'text', nullable: true },
    issuedOn: 'date',
    dueOn: 'date',
    status: 'text',
    total: 'json',
    lines: 'json',
    payments: 'json',
  },
  key: ['tenantId', 'invoiceId'],
  lookups: { byIssue: ['tenantId', 'issuedOn'], byClient: ['tenantId', 'clientId', 'issuedOn'] },
});

/** Who has worked on which stage, so that a new rate finds the stages it concerns. */
export interface StagePersonRow {
  readonly tenantId: string;
  readonly specialistId: string;
  readonly stageId: string;
}

export const stagePersonTable = table<StagePersonRow>('stage_person', {
  columns: { tenantId: 'text', specialistId: 'text', stageId: 'text' },
  key: ['tenantId', 'specialistId', 'stageId'],
  lookups: { bySpecialist: ['tenantId', 'specialistId'] },
  foldLookups: ['bySpecialist'],
});

export interface TimeEntryRow {
  readonly tenantId: string;
  readonly entryId: string;
  specialistId: string;
  role: string;
  stageId: string | null;
  projectId: string;
  clientId: string;
  /** The day on which the figures count it: that of the work, or for what a closed month no longer took, a later one. */
  workDate: string;
  /** The day of the work, whose rate applies. */
  workedOn: string;
  /** Below zero in a line that takes seconds back. */
  seconds: number;
  startedAt: string | null;
  activity: Activity;
  billable: boolean;
  goodwill: boolean;
  late: boolean;
  requestId: string | null;
  note: string | null;
  externalRef: string | null;
  importId: string | null;
  /** The entry to which this is a line that posts a difference. */
  adjusts: string | null;
  status: ApprovalStatus;
  /** Why it was rejected last. */
  rejection: string | null;
  /** The rate of the work date; null while nobody knows it. */
  rateId: string | null;
  rateUnits: number | null;
}

export const timeEntryTable = table<TimeEntryRow>('time_entry', {
  columns: {
    tenantId: 'text',
    entryId: 'text',
    specialistId: 'text',
    role: 'text',
    stageId: { type: 'text', nullable: true },
    projectId: 'text',
    clientId: 'text',
    workDate: 'date',
    workedOn: 'date',
    seconds: 'integer',
    startedAt: { type: 'text', nullable: true },
    activity: 'text',
    billable: 'boolean',
    goodwill: 'boolean',
    late: 'boolean',
    requestId: { type: 'text', nullable: true },
    note: { type: 'text', nullable: true },
    externalRef: { type: 'text', nullable: true },
    importId: { type: 'text', nullable: true },
    adjusts: { type: 'text', nullable: true },
    status: 'text',
    rejection: { type: 'text', nullable: true },
    rateId: { type: 'text', nullable: true },
    rateUnits: { type: 'integer', nullable: true },
  },
  key: ['tenantId', 'entryId'],
  lookups: {
    bySpecialist: ['tenantId', 'specialistId', 'workDate'],
    byStage: ['tenantId', 'stageId', 'workDate'],
    byProject: ['tenantId', 'projectId', 'workDate'],
    byClient: ['tenantId', 'clientId', 'workDate'],
    byRequest: ['tenantId', 'requestId'],
    byImport: ['tenantId', 'importId', 'entryId'],
  },
  foldLookups: ['bySpecialist'],
});

/** Where a voided entry stood, so that a repeated voiding finds its timesheet. */
export interface VoidedEntryRow {
  readonly tenantId: string;
  readonly entryId: string;
  readonly specialistId: string;
  readonly stageId: string | null;
  readonly workedOn: string;
  readonly importId: string | null;
  /** Voided with all others of its import. */
  readonly byRevert: boolean;
}

export const voidedEntryTable = table<VoidedEntryRow>('voided_entry', {
  columns: {
    tenantId: 'text',
    entryId: 'text',
    specialistId: 'text',
    stageId: { type: 'text', nullable: true },
    workedOn: 'date',
    importId: { type: 'text', nullable: true },
    byRevert: 'boolean',
  },
  key: ['tenantId', 'entryId'],
  lookups: { byImport: ['tenantId', 'importId', 'entryId'] },
});

/** A month that was closed at least once. */
export interface PeriodRow {
  readonly tenantId: string;
  readonly month: string;
  closed: boolean;
  /** What was done to the month, in log order. */
  history: {
    readonly what: 'closed' | 'reopened';
    readonly at: string;
    readonly by: string;
    readonly reason: string | null;
  }[];
}

export const periodTable = table<PeriodRow>('period', {
  columns: { tenantId: 'text', month: 'text', closed: 'boolean', history: 'json' },
  key: ['tenantId', 'month'],
});

/** The timer that a specialist has running. */
export interface RunningTimerRow {
  readonly tenantId: string;
  readonly specialistId: string;
  readonly timerId: string;
  readonly stageId: string | null;
  readonly projectId: string;
  readonly clientId: string;
  readonly startedAt: string;
  readonly activity: Activity;
  readonly billable: boolean;
  readonly goodwill: boolean;
  readonly requestId: string | null;
  readonly note: string | null;
}

export const runningTimerTable = table<RunningTimerRow>('running_timer', {
  columns: {
    tenantId: 'text',
    specialistId: 'text',
    timerId: 'text',
    stageId: { type: 'text', nullable: true },
    projectId: 'text',
    clientId: 'text',
    startedAt: 'text',
    activity: 'text',
    billable: 'boolean',
    goodwill: 'boolean',
    requestId: { type: 'text', nullable: true },
    note: { type: 'text', nullable: true },
  },
  key: ['tenantId', 'specialistId'],
});

export const profitabilityTables = [
  settingsTable,
  specialistTable,
  billRatesTable,
  clientTable,
  projectTable,
  stageTable,
  invoiceTable,
  stagePersonTable,
  timeEntryTable,
  voidedEntryTable,
  stageClosingTable,
  reviewTable,
  pastStageTable,
  periodTable,
  runningTimerTable,
  importTable,
  alertTable,
  scopeRequestTable,
] as const;
