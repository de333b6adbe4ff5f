import type { Activity, ApprovalStatus } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

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
    byDate: ['tenantId', 'workDate'],
    bySpecialist: ['tenantId', 'specialistId', 'workDate'],
    byStage: ['tenantId', 'stageId', 'workDate'],
    byProject: ['tenantId', 'projectId', 'workDate'],
    byClient: ['tenantId', 'clientId', 'workDate'],
    byRequest: ['tenantId', 'requestId'],
    byImport: ['tenantId', 'importId', 'entryId'],
    favours: ['tenantId', 'clientId', 'workDate'],
  },
  // One of fifty entries is given away; what a client was given is told in every brief.
  partialLookups: { favours: 'goodwill' },
  foldLookups: ['bySpecialist'],
  // An id is of one tenant only. It is the largest table by far, and its indexes are half of what a rebuild costs.
  indexes: {
    bySpecialist: ['specialistId', 'workDate'],
    byStage: ['stageId', 'workDate'],
    byProject: ['projectId', 'workDate'],
    byClient: ['clientId', 'workDate'],
    byRequest: ['requestId'],
    byImport: ['importId', 'entryId'],
    favours: ['clientId', 'workDate'],
  },
  pastLookups: ['bySpecialist', 'byStage'],
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
