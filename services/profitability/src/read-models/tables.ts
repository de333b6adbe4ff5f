import { alertTable } from './alerts/tables.ts';
import { importTable } from './import-table.ts';
import { pastStageTable } from './quote/tables.ts';
import { restatementTable } from './restatements/tables.ts';
import { reviewTable, stageClosingTable } from './reviews/tables.ts';
import { billRatesTable, clientTable, settingsTable, specialistTable } from './tables/agency.ts';
import { invoiceTable } from './tables/invoices.ts';
import { projectTable, stageTable } from './tables/projects.ts';
import { periodTable, runningTimerTable, stagePersonTable, timeEntryTable, voidedEntryTable } from './tables/time.ts';
import { scopeRequestTable } from './views/tables.ts';

export * from './tables/agency.ts';
export * from './tables/invoices.ts';
export * from './tables/projects.ts';
export * from './tables/time.ts';

/** Every table of the service. */
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
  restatementTable,
  periodTable,
  runningTimerTable,
  importTable,
  alertTable,
  scopeRequestTable,
] as const;
