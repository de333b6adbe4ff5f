import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { type BillRateBook, billRateBook } from '../formulas/bill-rate.ts';
import { figuresOf, type StageFigures } from '../formulas/stage-figures.ts';
import { entriesNeeded, type Work } from '../formulas/stage-ledger.ts';
import { type StageState, stageAt } from '../formulas/stage-state.ts';
import { standardOn } from '../formulas/standard.ts';
import { readBillRates } from './role-prices.ts';
import {
  type BillRatesRow,
  type Settings,
  type SettingsRow,
  type StageRow,
  settingsTable,
  stageTable,
  timeEntryTable,
} from './tables.ts';

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

/** Whether a stage's revenue depends on bill rates. */
export const needsBillRates = ({ ledger }: StageRow): boolean => ledger.billing.kind === 'time-and-materials';

const NO_BILL_RATES = billRateBook([]);

interface Beside {
  readonly entries: readonly Work[];
  readonly bills: BillRateBook;
}

const viewOf = (row: StageRow, agency: SettingsRow, asOf: string, { entries, bills }: Beside): StageView => {
  const { projectId, clientId } = row;
  const state = stageAt(row.ledger, asOf, entries, {
    exchangeRates: agency.exchangeRates,
    approvalRequired: agency.settings?.approvalRequired ?? false,
    price: ({ specialistId, role }, day) => bills.on({ specialistId, role, projectId, clientId }, day),
  });
  return { row, state, figures: figuresOf(state), standard: standardOn(agency.standards, row.serviceType, asOf) };
};

const books = new WeakMap<BillRatesRow, BillRateBook>();

/** The bill rates of a row, made ready once for as long as it is the same object. */
const bookOf = (bills: BillRatesRow | undefined): BillRateBook => {
  if (bills === undefined) return NO_BILL_RATES;
  const book = books.get(bills) ?? billRateBook(bills.rates);
  books.set(bills, book);
  return book;
};

/**
 * The view of a stage out of its ledger and, unless `tellsWithoutEntries` holds, the entries that it needs; a stage that
 * needs bill rates must be given them.
 */
export const viewFromLedger = (
  row: StageRow,
  agency: SettingsRow,
  asOf: string,
  bills?: BillRatesRow,
  entries: readonly Work[] = [],
): StageView => viewOf(row, agency, asOf, { entries, bills: bookOf(bills) });

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
  const bills = needsBillRates(row) ? await readBillRates(reader, row.tenantId) : NO_BILL_RATES;
  return viewOf(row, agency, asOf, { entries, bills });
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
