import { table } from '@headroom/projecting';

/** What brought a stage's cost to a threshold. */
export interface AlertCause {
  readonly kind: 'time-entry' | 'expense' | 'cost-rate' | 'approval' | 'start' | 'thresholds';
  /** The entry, expense or rate; null where no single thing did. */
  readonly id: string | null;
}

export interface AlertRow {
  readonly tenantId: string;
  readonly alertId: string;
  readonly stageId: string;
  readonly projectId: string;
  readonly clientId: string;
  readonly threshold: string;
  /** The date of what brought the cost there. */
  readonly raisedOn: string;
  readonly raisedAt: string;
  /** Of the event that brought it there. */
  readonly position: number;
  readonly cause: AlertCause;
  readonly costMinor: number;
  readonly plannedCostMinor: number;
  readonly currency: string;
  acknowledged: boolean;
  acknowledgement: { readonly at: string; readonly by: string; readonly note: string | null } | null;
}

export const alertTable = table<AlertRow>('alert', {
  columns: {
    tenantId: 'text',
    alertId: 'text',
    stageId: 'text',
    projectId: 'text',
    clientId: 'text',
    threshold: 'text',
    raisedOn: 'date',
    raisedAt: 'instant',
    position: 'integer',
    cause: 'json',
    costMinor: 'integer',
    plannedCostMinor: 'integer',
    currency: 'text',
    acknowledged: 'boolean',
    acknowledgement: { type: 'json', nullable: true },
  },
  key: ['tenantId', 'alertId'],
  lookups: { byPosition: ['tenantId', 'position'], byStage: ['tenantId', 'stageId'] },
});

/** What the watch over a stage's budget remembers of it. */
export interface BudgetWatch {
  /** The stage's own thresholds; null where the agency's hold. */
  thresholds: readonly string[] | null;
  /** Thresholds that an alert was raised for: none is raised twice, even when the cost fell and rose again. */
  raised: string[];
  /** Exact labour cost that may be added before the budget has to be counted again; null: at once. */
  slack: number | null;
  /** For which settings of the agency the slack was counted. */
  settingsAt: number;
}
