import { table } from '@headroom/projecting';
import type { Tenure } from '../../formulas/managers.ts';
import type { StageLedger } from '../../formulas/stage-ledger.ts';
import type { BudgetWatch } from '../alerts/tables.ts';

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
  /** Streams that ever told of such work. */
  sheets: string[];
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
    sheets: 'json',
    changedAt: 'integer',
    managers: 'json',
    backups: 'json',
  },
  key: ['tenantId', 'projectId'],
  lookups: { byClient: ['tenantId', 'clientId'], byTenant: ['tenantId', 'changedAt'] },
  changedAt: 'changedAt',
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
  /** As planned; null when no day was agreed. */
  readonly endsOn: string | null;
  ledger: StageLedger;
  budget: BudgetWatch;
  /** Streams that ever told of its hours and invoices, so that its past can be folded from them alone. */
  sheets: string[];
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
    endsOn: { type: 'date', nullable: true },
    ledger: 'json',
    budget: 'json',
    sheets: 'json',
    changedAt: 'integer',
  },
  key: ['tenantId', 'stageId'],
  lookups: {
    byProject: ['tenantId', 'projectId'],
    byClient: ['tenantId', 'clientId'],
    byTenant: ['tenantId', 'changedAt'],
  },
  changedAt: 'changedAt',
});
