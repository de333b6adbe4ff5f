import { hash } from 'node:crypto';
import type { Money } from '@headroom/contracts/events';
import type { RowReader } from '@headroom/projecting';
import type { StageFigures } from '../../formulas/stage-figures.ts';
import { entriesNeeded } from '../../formulas/stage-ledger.ts';
import type { StageState } from '../../formulas/stage-state.ts';
import { needsBillRates, type StageView, tellsWithoutEntries, viewFromLedger } from '../stage-view.ts';
import {
  type BillRatesRow,
  billRatesTable,
  type ProjectRow,
  projectTable,
  type SettingsRow,
  type StageRow,
  settingsTable,
  stageTable,
} from '../tables.ts';
import { stageVisibility, type Visibility } from '../visibility.ts';
import { ArrangedStages, arrange } from './arranged-stages.ts';
import { EntriesOfStages } from './entries-of-stages.ts';
import { KeptRows } from './kept-rows.ts';
import { lifetimeOf } from './lifetime.ts';
import { effortOf, type StageEffort } from './stage-effort.ts';

/** What sums over stages need of a stage on a day. */
export interface StageCell {
  readonly figures: StageFigures;
  readonly status: StageState['status'];
  readonly plannedSeconds: number;
  readonly unapprovedSeconds: number;
  readonly unconverted: readonly Money[];
  /** For who may not see rates. */
  readonly visibility: Visibility;
}

interface Cells {
  /** Of which settings, rates of exchange and bill rates they were made. */
  readonly prices: string;
  readonly byDay: Map<string, StageCell>;
}

/** Days of one stage that are kept, the newest. */
const MOST_DAYS = 100;

const cellOf = ({ figures, state }: StageView): StageCell => ({
  figures,
  status: state.status,
  plannedSeconds: state.plan.work.reduce((sum, { seconds }) => sum + seconds, 0),
  unapprovedSeconds: state.unapprovedSeconds,
  unconverted: state.unconverted,
  visibility: stageVisibility(false, figures, state),
});

/** Days of which something is kept that was made of one stage. */
const MOST_DERIVED = 12;

/** How something is made of a stage's view, and where it is kept. */
export interface Derivation<Made> {
  readonly kept: WeakMap<StageRow, Map<string, Made>>;
  readonly make: (view: StageView) => Made;
}

/** The stages of one agency in one snapshot, with their figures on any day. */
export class StagesOnDays {
  readonly #stages: ArrangedStages;
  readonly #entries: EntriesOfStages;
  readonly #agency: SettingsRow;
  readonly #bills: BillRatesRow | undefined;
  readonly #kept: WeakMap<StageRow, Cells>;
  readonly #efforts: WeakMap<StageRow, Map<string, StageEffort>>;
  /** What of the agency's settings all figures depend on. */
  readonly #settings: string;
  /** Cells that needed single entries: this question must find them, whatever others do meanwhile. */
  readonly #prepared = new WeakMap<StageRow, Map<string, StageCell>>();

  constructor(
    stages: ArrangedStages,
    made: {
      readonly reader: RowReader;
      readonly agency: SettingsRow;
      readonly bills: BillRatesRow | undefined;
      readonly kept: WeakMap<StageRow, Cells>;
      readonly efforts: WeakMap<StageRow, Map<string, StageEffort>>;
    },
  ) {
    this.#stages = stages;
    this.#entries = new EntriesOfStages(made.reader, made.agency.tenantId);
    this.#agency = made.agency;
    this.#bills = made.bills;
    this.#kept = made.kept;
    this.#efforts = made.efforts;
    const { settings, exchangeRates } = made.agency;
    // A digest: it is part of the names by which thousands of figures are kept.
    this.#settings = hash('sha1', JSON.stringify([settings?.approvalRequired, exchangeRates]), 'base64');
  }

  /** Of which settings, rates of exchange and bill rates the figures are made. */
  get terms(): string {
    return `${this.#settings} ${this.#bills?.changedAt}`;
  }

  /** In the order of their ids, as are those of a client and of a project. */
  get rows(): readonly StageRow[] {
    return this.#stages.rows;
  }

  /** Throws when there is none: who asks has seen a row that names it. */
  stage(stageId: string): StageRow {
    const row = this.#stages.stage(stageId);
    if (row === undefined) throw new Error(`there is no stage ${stageId}`);
    return row;
  }

  ofClient(clientId: string): readonly StageRow[] {
    return this.#stages.ofClient(clientId);
  }

  ofProject(projectId: string): readonly StageRow[] {
    return this.#stages.ofProject(projectId);
  }

  /** Makes sure that `cell` can answer for these stages and this day, reading single entries where that needs them. */
  async prepare(rows: readonly StageRow[], day: string): Promise<void> {
    const wanting = rows.filter((row) => !tellsWithoutEntries(row, this.#dayThatTells(row, day)));
    await Promise.all(
      wanting.map(async (row) => {
        const on = this.#dayThatTells(row, day);
        const cell = this.#cells(row).get(on) ?? cellOf(await this.#view(row, on));
        this.#keep(row, on, cell);
        const prepared = this.#prepared.get(row) ?? new Map<string, StageCell>();
        this.#prepared.set(row, prepared.set(on, cell));
      }),
    );
  }

  /** A stage on the last day of a month, or on a day that was prepared. */
  cell(row: StageRow, day: string): StageCell {
    const on = this.#dayThatTells(row, day);
    const known = this.#cells(row).get(on);
    if (known !== undefined) return known;
    const prepared = this.#prepared.get(row)?.get(on);
    if (prepared !== undefined) return prepared;
    if (!tellsWithoutEntries(row, on)) throw new Error(`the ${on} of stage ${row.stageId} was not prepared`);
    const cell = cellOf(viewFromLedger(row, this.#agency, on, this.#bills));
    this.#keep(row, on, cell);
    return cell;
  }

  /** What went into a stage up to and with a day. */
  effort(row: StageRow, day: string): Promise<StageEffort> {
    return this.derived(row, day, { kept: this.#efforts, make: effortOf });
  }

  /**
   * What is made of a stage's view on a day alone, and kept by the row; the standard of the day is no part of it. All
   * that is made into one `kept` is made alike.
   */
  async derived<Made>(row: StageRow, day: string, { kept, make }: Derivation<Made>): Promise<Made> {
    const on = this.#dayThatTells(row, day);
    const ofRow = kept.get(row) ?? new Map<string, Made>();
    const id = `${this.#prices(row)} ${on}`;
    const made = ofRow.get(id) ?? make(await this.#view(row, on));
    const [oldest] = ofRow.keys();
    if (ofRow.size >= MOST_DERIVED && oldest !== undefined && !ofRow.has(id)) ofRow.delete(oldest);
    kept.set(row, ofRow.set(id, made));
    return made;
  }

  async #view(row: StageRow, day: string): Promise<StageView> {
    const range = entriesNeeded(row.ledger, day);
    const entries = range === undefined ? [] : await this.#entries.of(row.stageId, range);
    return viewFromLedger(row, this.#agency, day, this.#bills, entries);
  }

  #keep(row: StageRow, day: string, cell: StageCell): void {
    const cells = this.#cells(row);
    const [oldest] = cells.keys();
    if (cells.size >= MOST_DAYS && oldest !== undefined) cells.delete(oldest);
    cells.set(day, cell);
  }

  /** All days after a stage has settled are like the one on which it did. */
  #dayThatTells(row: StageRow, day: string): string {
    const { settled } = lifetimeOf(row);
    return settled !== undefined && day > settled ? settled : day;
  }

  #prices(row: StageRow): string {
    return needsBillRates(row) ? `${this.#settings} ${this.#bills?.changedAt}` : this.#settings;
  }

  #cells(row: StageRow): Map<string, StageCell> {
    const prices = this.#prices(row);
    const known = this.#kept.get(row);
    if (known?.prices === prices) return known.byDay;
    const fresh = { prices, byDay: new Map<string, StageCell>() };
    this.#kept.set(row, fresh);
    return fresh.byDay;
  }
}

/**
 * All stages and projects of agencies, kept in mind between the questions that go over all of them: the portfolio, the
 * agency's own profit, the history that a quote rests on.
 */
export class AgencyStages {
  readonly #stages = new KeptRows<StageRow>(stageTable, ({ stageId }) => stageId);
  readonly #projects = new KeptRows<ProjectRow>(projectTable, ({ projectId }) => projectId);
  readonly #cells = new WeakMap<StageRow, Cells>();
  readonly #efforts = new WeakMap<StageRow, Map<string, StageEffort>>();
  /** One question may ask about each of a thousand projects. */
  readonly #read = new WeakMap<RowReader, Map<string, Promise<StagesOnDays | undefined>>>();

  /** Whether the stages of an agency are in mind already: then reading what changed of them is little work. */
  holds(tenantId: string): boolean {
    return this.#stages.holds(tenantId);
  }

  /** The stages of an agency as the reader sees them, read once for each reader; undefined before it is configured. */
  ofTenant(reader: RowReader, tenantId: string): Promise<StagesOnDays | undefined> {
    const read = this.#read.get(reader) ?? new Map<string, Promise<StagesOnDays | undefined>>();
    this.#read.set(reader, read);
    const stages = read.get(tenantId) ?? this.#readStages(reader, tenantId);
    read.set(tenantId, stages);
    return stages;
  }

  /** The same for an agency whose settings the reader showed. */
  async of(reader: RowReader, { tenantId }: SettingsRow): Promise<StagesOnDays> {
    const stages = await this.ofTenant(reader, tenantId);
    if (stages === undefined) throw new Error(`the settings of ${tenantId} are not in the snapshot that showed them`);
    return stages;
  }

  async #readStages(reader: RowReader, tenantId: string): Promise<StagesOnDays | undefined> {
    const agency = await reader.get(settingsTable, tenantId);
    if (agency === undefined) return undefined;
    const [rows, bills] = await Promise.all([this.#stages.of(reader, tenantId), reader.get(billRatesTable, tenantId)]);
    const kept = { kept: this.#cells, efforts: this.#efforts };
    return new StagesOnDays(arrange(rows), { reader, agency, bills, ...kept });
  }

  /** Only these stages, when they were read anyway. */
  static async only(rows: readonly StageRow[], reader: RowReader, agency: SettingsRow): Promise<StagesOnDays> {
    const bills = await reader.get(billRatesTable, agency.tenantId);
    const kept = { kept: new WeakMap(), efforts: new WeakMap() };
    return new StagesOnDays(new ArrangedStages(rows), { reader, agency, bills, ...kept });
  }

  projects(reader: RowReader, tenantId: string): Promise<ReadonlyMap<string, ProjectRow>> {
    return this.#projects.of(reader, tenantId);
  }
}
