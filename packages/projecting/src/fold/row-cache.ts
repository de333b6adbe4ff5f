import { UnfitValue } from './cell.ts';
import { type Bucket, LookupIndex } from './lookup-index.ts';
import { type AnyRow, type AnyTable, joinKey, type RowShape, shapeOf } from './row-shape.ts';

/** Whether the database holds a row of that key: nobody looked, no, yes (counting writes under way as done). */
export type Stored = 'unknown' | 'absent' | 'present';

/** A row in memory, or the knowledge that there is none. */
export interface Entry {
  readonly key: string;
  readonly cache: RowCache;
  row: AnyRow | undefined;
  stored: Stored;
  /** Changed since it was last handed to a writer. */
  dirty: boolean;
  /** Writers that have it and have not confirmed it: the database may not show it yet, so memory must keep it. */
  writing: number;
  /** The last page that needed or put it, and the last event that changed it. */
  page: number;
  event: number;
  /** How many events changed it. */
  changes: number;
  /** Roughly how many bytes it takes. */
  weight: number;
  /** Where each index of the table has put it. */
  readonly buckets: (Bucket | undefined)[];
}

/** What an entry weighs that holds no row. */
const EMPTY_WEIGHT = 200;
/** Rows of texts and numbers hardly change their weight; documents grow with each event, so they are weighed now and then. */
const WEIGHED_EVERY = 64;

/** The rows of one table that are in memory, found by key and by look-up. */
export class RowCache {
  readonly shape: RowShape;
  readonly entries = new Map<string, Entry>();
  readonly indexes: LookupIndex[] = [];
  /** Entries changed since a writer last took them, in the order of their first change. */
  dirty: Entry[] = [];
  readonly #byName = new Map<string, LookupIndex>();
  /** Entries whose place in the indexes may have changed. */
  #unplaced: Entry[] = [];
  weight = 0;

  constructor(table: AnyTable) {
    this.shape = shapeOf(table);
  }

  /** A new entry; the caller has seen that there is none of that key. */
  add(key: string, row: AnyRow | undefined, stored: Stored): Entry {
    const weight = row ? this.shape.weigh(row) : EMPTY_WEIGHT;
    const entry: Entry = {
      key,
      cache: this,
      row,
      stored,
      dirty: false,
      writing: 0,
      page: 0,
      event: 0,
      changes: 0,
      weight,
      buckets: [],
    };
    this.entries.set(key, entry);
    this.weight += weight;
    if (row && this.indexes.length > 0) this.#unplaced.push(entry);
    return entry;
  }

  /**
   * Ends what an event did to a row: it now looks as the database will give it back, so that the fold is the same
   * however the log is cut into pages. Throws `UnfitValue`.
   */
  settle(entry: Entry, row: AnyRow): void {
    this.shape.seal(row);
    entry.changes += 1;
    if (entry.changes > 1 && !(this.shape.hasJson && entry.changes % WEIGHED_EVERY === 0)) return;
    const weight = this.shape.weigh(row);
    this.weight += weight - entry.weight;
    entry.weight = weight;
  }

  /** Takes the entries out that were changed, to be written. Throws `UnfitValue` when the key of a row was changed. */
  takeDirty(isDue: (entry: Entry) => boolean = () => true): Entry[] {
    const due: Entry[] = [];
    const later: Entry[] = [];
    for (const entry of this.dirty) (isDue(entry) ? due : later).push(entry);
    for (const { row, key } of due)
      if (row && this.shape.keyOf(row) !== key)
        throw new UnfitValue(`${this.shape.table.name}: the key of a row was changed, or holds what no key can`);
    this.dirty = later;
    return due;
  }

  /** Notes that an event changes the row: it is to be written, and may move in the indexes. */
  touch(entry: Entry, event: number): void {
    if (entry.event !== event) {
      entry.event = event;
      if (this.indexes.length > 0) this.#unplaced.push(entry);
    }
    if (entry.dirty) return;
    entry.dirty = true;
    this.dirty.push(entry);
  }

  /** The index for a look-up asked with so many values; made on first use, which is never in the midst of an event. */
  index(lookup: string, depth: number): LookupIndex {
    const name = `${lookup}/${depth}`;
    const known = this.#byName.get(name);
    if (known) return known;
    const index = new LookupIndex(this.shape.table, lookup, depth, this.indexes.length);
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
      for (const index of this.indexes) index.place(entry);
      if (entry.event === currentEvent) still.push(entry);
    }
    this.#unplaced = still;
  }

  /** Forgets an entry, and with it that its look-ups were known completely. */
  evict(entry: Entry): void {
    this.entries.delete(entry.key);
    this.weight -= entry.weight;
    for (const index of this.indexes) index.forget(entry);
  }

  find(key: readonly string[]): Entry | undefined {
    return this.entries.get(joinKey(key));
  }
}
