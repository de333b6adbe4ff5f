import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { figuresOf, type StageFigures } from '../formulas/stage-figures.ts';
import { entriesNeeded, type Work } from '../formulas/stage-ledger.ts';
import { type StageState, stageAt } from '../formulas/stage-state.ts';
import { standardOn } from '../formulas/standard.ts';
import { type Settings, type SettingsRow, type StageRow, settingsTable, stageTable, timeEntryTable } from './tables.ts';

/** A stage as of a day, with its figures and the standard in force. */
export interface StageView {
  readonly row: StageRow;
  readonly state: StageState;
  readonly figures: StageFigures;
  readonly standard: string | null;
}

export type Configured = SettingsRow & { readonly settings: Settings };

/** The agency's settings; undefined before it is configured. */
export const configured = async (reader: RowReader, tenantId: string): Promise<Configured | undefined> => {
  const row = await reader.get(settingsTable, tenantId);
  return row?.settings == null ? undefined : (row as Configured);
};

/** The day asked for: `asOf`, or the local date of the instant at which the question is asked. */
export const dayOf = (asOf: string | undefined, instant: string, { settings }: Configured): string =>
  asOf ?? localDate(instant, settings.timeZone);

/** Whether a stage's buckets alone tell its figures as of the day: no day within a month is asked for. */
export const tellsWithoutEntries = (row: StageRow, asOf: string): boolean =>
  entriesNeeded(row.ledger, asOf) === undefined;

const viewOf = (row: StageRow, agency: SettingsRow, asOf: string, entries: readonly Work[]): StageView => {
  const state = stageAt(row.ledger, asOf, entries, agency.exchangeRates);
  return { row, state, figures: figuresOf(state), standard: standardOn(agency.standards, row.serviceType, asOf) };
};

/** The view of a stage for which `tellsWithoutEntries` holds. */
export const viewFromLedger = (row: StageRow, agency: SettingsRow, asOf: string): StageView =>
  viewOf(row, agency, asOf, []);

/** The view of a stage as of a day; reads the entries of one month where a day within it is asked for. */
export const viewStage = async (
  reader: RowReader,
  row: StageRow,
  agency: SettingsRow,
  asOf: string,
): Promise<StageView> => {
  const range = entriesNeeded(row.ledger, asOf);
  const entries =
    range === undefined ? [] : await reader.where(timeEntryTable, 'byStage', [row.tenantId, row.stageId], range);
  return viewOf(row, agency, asOf, entries);
};

/** The stages of a project, a client or the whole agency. */
export const stagesOf = (
  reader: RowReader,
  tenantId: string,
  scope: { readonly projectId: string } | { readonly clientId: string } | 'agency',
): Promise<StageRow[]> => {
  if (scope === 'agency') return reader.where(stageTable, 'byTenant', [tenantId]);
  return 'projectId' in scope
    ? reader.where(stageTable, 'byProject', [tenantId, scope.projectId])
    : reader.where(stageTable, 'byClient', [tenantId, scope.clientId]);
};
