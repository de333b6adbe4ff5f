import { UnfitValue } from './cell.ts';
import type { KeyFilter } from './key-filter.ts';
import { KeyMap } from './key-map.ts';
import { type Bucket, LookupIndex } from './lookup-index.ts';
import type { Residents } from './residents.ts';
import { type AnyRow, type AnyTable, type RowShape, restOfKey, shapeOf } from './row-shape.ts';

/** Whether the database holds a row of that key: nobody looked, no, yes (counting writes under way as done). */
export type Stored = 'unknown' | 'absent' | 'present';

/** A row in memory, or the knowledge that there is none. */
export interface Entry {
  readonly tenant: string;
  /** What follows the tenant in the key, as one text. */
  readonly rest: string;
  readonly cache: RowCache;
  row: AnyRow | undefined;
  stored: Stored;
  /** Changed since it was last handed to a writer. */
  dirty: boolean;
  /** On its table's list of changed entries. */
  listed: boolean;
  /** Writers that have it and have not confirmed it: the database may not show it yet, so memory must keep it. */
  writing: number;
  /** The last page that needed or put it (0: none), and the last event that changed it. */
  page: number;
  event: number;
  /** How many events changed it. */
  changes: number;
  /** Roughly how many bytes it takes. */
  weight: number;
  age: 'young' | 'old' | 'gone';
  /** On its way out of memory, unless it is used before. */
  leaves: boolean;
  /** Where each index of the table has put it; undefined as long as none has. */
  buckets: (Bucket | undefined)[] | undefined;
}

/** What an entry weighs that holds no row. */
const EMPTY_WEIGHT = 200;
const TIDY_FROM = 10_000;

/** Rows of texts and numbers hardly change their weight; documents grow with each event, and are weighed ever more rarely. */
const isPowerOfTwo = (changes: number): boolean => (changes & (changes - 1)) === 0;

/** The rows of one table that are in memory, found by key and by look-up. */
export class RowCache {
  readonly shape: RowShape;
  readonly entries = new KeyMap<Entry>();
  readonly indexes: LookupIndex[] = [];
  /** Keys that memory has forgotten, where all rows there are were made by this fold; undefined where they were not. */
  readonly forgotten: KeyFilter | undefined;
  readonly #residents: Residents | undefined;
  /** Every entry that was changed since a writer took it, in the order of their first change, and some others. */
  #changed: Entry[] = [];
  #tidyAt = TIDY_FROM;
  readonly #byName = new Map<string, LookupIndex>();
  /** Entries whose place in the indexes may have changed. */
  #unplaced: Entry[] = [];

  constructor(table: AnyTable, residents: Residents | undefined, forgotten: KeyFilter | undefined) {
    this.shape = shapeOf(table);
    this.#residents = residents;
    this.forgotten = forgotten;
  }

  /** A new entry; the caller has seen that there is none of that key. */
  add(tenant: string, rest: string, row: AnyRow | undefined, stored: Stored): Entry {
    const entry: Entry = {
      tenant,
      rest,
      cache: this,
      row,
      stored,
      dirty: false,
      listed: false,
      writing: 0,
      page: 0,
      event: 0,
      changes: 0,
      weight: row && this.#residents ? this.shape.weigh(row) : EMPTY_WEIGHT,
      age: 'young',
      leaves: false,
      buckets: undefined,
    };
    this.entries.set(tenant, rest, entry);
    this.#residents?.admit(entry);
    if (row && this.indexes.length > 0) this.#unplaced.push(entry);
    return entry;
  }

  /** An entry for a key that memory does not hold: there is no such row, or nobody knows. */
  addUnseen(tenant: string, rest: string): Entry {
    return this.add(tenant, rest, undefined, this.isAbsent(tenant, rest) ? 'absent' : 'unknown');
  }

  /** Whether a row that is not in memory cannot be in the database either. */
  isAbsent(tenant: string, rest: string): boolean {
    return this.forgotten !== undefined && !this.forgotten.mayHold(tenant, rest);
  }

  /** Whether memory holds all rows that there are. */
  get isComplete(): boolean {
    return this.forgotten?.isEmpty === true;
  }

  find(key: readonly string[]): Entry | undefined {
    return this.entries.get(key[0] ?? '', restOfKey(key));
  }

  use(entry: Entry, page: number): void {
    if (this.#residents) this.#residents.use(entry, page);
    else entry.page = page;
  }

  /**
   * Ends what an event did to a row: it now looks as the database will give it back, so that the fold is the same
   * however the log is cut into pages. Throws `UnfitValue`.
   */
  settle(entry: Entry, row: AnyRow): void {
    this.shape.seal(row);
    entry.changes += 1;
    if (entry.changes > 1 && !(this.shape.hasJson && isPowerOfTwo(entry.changes))) return;
    if (this.#residents) this.#residents.weigh(entry, this.shape.weigh(row));
  }

  /** Hands entries to a writer, as unchanged from now on. Throws `UnfitValue` when a key was changed. */
  handOver(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const { row, tenant, rest } = entry;
      if (row && (row.tenantId !== tenant || this.shape.restOf(row) !== rest))
        throw new UnfitValue(`${this.shape.table.name}: the key of a row was changed, or holds what no key can`);
      entry.dirty = false;
      entry.writing += 1;
    }
    if (this.#changed.length > this.#tidyAt) this.#tidy();
  }

  /** The entries that were changed and not handed over. */
  changed(): Entry[] {
    this.#tidy();
    return this.#changed;
  }

  /** Takes entries off the list that were handed over; when most of it is such, so that each costs little. */
  #tidy(): void {
    const left = this.#changed.filter(({ dirty }) => dirty);
    for (const entry of this.#changed) entry.listed = entry.dirty;
    this.#changed = left;
    this.#tidyAt = 2 * left.length + TIDY_FROM;
  }

  /** Notes that an event changes the row: it is to be written, and may move in the indexes. */
  touch(entry: Entry, event: number): void {
    if (entry.event !== event) {
      entry.event = event;
      if (this.indexes.length > 0) this.#unplaced.push(entry);
    }
    entry.dirty = true;
    if (entry.listed) return;
    entry.listed = true;
    this.#changed.push(entry);
  }

  /** The index for a look-up asked with so many values; made on first use, which is never in the midst of an event. */
  index(lookup: string, depth: number): LookupIndex {
    const name = `${lookup}/${depth}`;
    const known = this.#byName.get(name);
    if (known) return known;
    const index = new LookupIndex(this.shape.table, lookup, depth, {
      slot: this.indexes.length,
      seesAll: this.isComplete,
    });
    this.#byName.set(name, index);
    this.indexes.push(index);
    for (const entry of this.entries.values()) index.place(entry);
    return index;
  }

  /**
   * Brings the indexes up to date. A row that the event at hand, if there is one, changes stays on the list: the handler
   * may still hold it and change it further.
   */
  place(currentEvent?: number): void {
    if (this.#unplaced.length === 0) return;
    const still: Entry[] = [];
    for (const entry of this.#unplaced) {
      if (entry.age === 'gone') continue;
      for (const index of this.indexes) index.place(entry);
      if (entry.event === currentEvent) still.push(entry);
    }
    this.#unplaced = still;
  }

  /** Forgets an entry, and with it that its look-ups were known completely. Those changed last must have been placed. */
  evict(entry: Entry): void {
    this.entries.delete(entry.tenant, entry.rest);
    this.#residents?.dismiss(entry);
    if (entry.stored !== 'absent') this.forgotten?.add(entry.tenant, entry.rest);
    for (const index of this.indexes) index.forget(entry);
  }
}
