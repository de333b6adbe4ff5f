import type { ColumnType } from '../table.ts';
import { parseText } from './cell.ts';
import { compareText, compareValues } from './order.ts';
import type { Entry } from './row-cache.ts';
import { type AnyRow, type AnyTable, joinTexts } from './row-shape.ts';

/** The entries that share the values of a look-up. */
export interface Bucket {
  readonly id: string;
  readonly values: readonly string[];
  readonly entries: Set<Entry>;
  /** Which of the database's rows are here for sure: none, those from a bound on, all. */
  covers: 'nothing' | 'from' | 'all';
  /** The bound, when it covers from one on. */
  from: unknown;
  page: number;
  /** By primary key, as long as no entry came or went. */
  sorted: Entry[] | undefined;
}

const byKey = (a: Entry, b: Entry): number => compareText(a.tenant, b.tenant) || compareText(a.rest, b.rest);

const SWEPT_FROM = 1_000;
/** Of more buckets than this it is not worth to know what was forgotten. */
const MOST_FORGOTTEN = 100_000;

interface IndexedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Finds the entries of a table by the first `depth` columns of a look-up. */
export class LookupIndex {
  readonly columns: readonly IndexedColumn[];
  /** The column behind those, which a range may bound. */
  readonly next: IndexedColumn | undefined;
  readonly lookup: string;
  readonly buckets = new Map<string, Bucket>();
  readonly #slot: number;
  /**
   * Where all rows there are were made by this fold, and seen by this index: of each bucket the greatest value of `next`
   * among the rows that memory has forgotten. Undefined where that is not known.
   */
  #forgotten: Map<string, unknown> | undefined;
  #sweepAt = SWEPT_FROM;

  constructor(table: AnyTable, lookup: string, depth: number, { slot, seesAll }: { slot: number; seesAll: boolean }) {
    const columns: readonly string[] | undefined = table.lookups[lookup];
    if (!columns) throw new Error(`table ${table.name} has no look-up ${lookup}`);
    if (depth < 1 || depth > columns.length)
      throw new Error(`look-up ${lookup} of table ${table.name} takes 1 to ${columns.length} values, not ${depth}`);
    const types: Readonly<Record<string, { readonly type: ColumnType }>> = table.columns;
    const described = columns.map((name) => ({ name, type: types[name]?.type ?? 'text' }));
    this.columns = described.slice(0, depth);
    this.next = described[depth];
    this.lookup = lookup;
    this.#slot = slot;
    this.#forgotten = seesAll ? new Map() : undefined;
  }

  /** The bucket for some values, made when there is none. */
  bucket(values: readonly string[]): Bucket {
    const canonical = this.columns.map(({ type }, index) => String(parseText(type, values[index] ?? '')));
    const id = joinTexts(canonical);
    return this.buckets.get(id) ?? this.#open(id, canonical);
  }

  #open(id: string, values: readonly string[]): Bucket {
    const bucket: Bucket = {
      id,
      values,
      entries: new Set(),
      covers: 'nothing',
      from: undefined,
      page: 0,
      sorted: undefined,
    };
    this.buckets.set(id, bucket);
    return bucket;
  }

  /** A bound, given as text, as the values that it bounds. */
  bound(from: string): unknown {
    if (!this.next) throw new Error(`look-up ${this.lookup} has no column left for a range`);
    return parseText(this.next.type, from);
  }

  covers(bucket: Bucket, from: unknown): boolean {
    if (bucket.covers === 'all' || this.#isBehindForgotten(bucket, from)) return true;
    return bucket.covers === 'from' && from !== undefined && compareValues(bucket.from, from) <= 0;
  }

  /** Notes that all rows of the database, from a bound on where one is given, are in memory now. */
  cover(bucket: Bucket, from: unknown): void {
    if (this.covers(bucket, from)) return;
    bucket.covers = from === undefined ? 'all' : 'from';
    bucket.from = from;
  }

  /** Puts an entry where its row belongs now. */
  place(entry: Entry): void {
    const before = entry.buckets?.[this.#slot];
    const id = entry.row === undefined ? undefined : this.#idOf(entry.row);
    const after = id === undefined ? undefined : (this.buckets.get(id) ?? this.#open(id, id.split('\0')));
    if (before === after) return;
    if (before) this.#leave(before, entry);
    if (after) {
      after.entries.add(entry);
      after.sorted = undefined;
    }
    entry.buckets ??= [];
    entry.buckets[this.#slot] = after;
  }

  /** Takes an entry out that memory no longer holds. */
  forget(entry: Entry): void {
    const bucket = entry.buckets?.[this.#slot];
    if (!bucket) return;
    this.#leave(bucket, entry);
    bucket.covers = 'nothing';
    if (entry.row) this.#noteForgotten(bucket, entry.row);
  }

  #noteForgotten({ id }: Bucket, row: AnyRow): void {
    if (!this.#forgotten) return;
    const value = (this.next && row[this.next.name]) ?? null;
    const before = this.#forgotten.get(id) ?? null;
    const isGreater = value !== null && (before === null || compareValues(value, before) > 0);
    this.#forgotten.set(id, isGreater ? value : before);
    if (this.#forgotten.size > MOST_FORGOTTEN) this.#forgotten = undefined;
  }

  /** Whether memory has forgotten no row of a bucket, or none from a bound on: then it has all there are. */
  #isBehindForgotten({ id }: Bucket, from: unknown): boolean {
    if (!this.#forgotten) return false;
    const greatest = this.#forgotten.get(id);
    if (greatest === undefined) return true;
    return from !== undefined && (greatest === null || compareValues(greatest, from) < 0);
  }

  /** Its entries by primary key, from a bound on where one is given. */
  rows(bucket: Bucket, from: unknown): readonly Entry[] {
    bucket.sorted ??= [...bucket.entries].sort(byKey);
    const { next } = this;
    if (from === undefined || !next) return bucket.sorted;
    return bucket.sorted.filter(({ row }) => {
      const value = row?.[next.name] ?? null;
      return value !== null && compareValues(value, from) >= 0;
    });
  }

  /** Forgets buckets that no page since `page` asked for and that hold nothing. */
  sweep(page: number): void {
    if (this.buckets.size < this.#sweepAt) return;
    for (const [id, bucket] of this.buckets)
      if (bucket.entries.size === 0 && bucket.page < page) this.buckets.delete(id);
    this.#sweepAt = 2 * this.buckets.size + SWEPT_FROM;
  }

  #leave(bucket: Bucket, entry: Entry): void {
    bucket.entries.delete(entry);
    bucket.sorted = undefined;
  }

  /** Undefined when a column is null: nothing equals null. */
  #idOf(row: AnyRow): string | undefined {
    const values: string[] = [];
    for (const { name } of this.columns) {
      const value = row[name];
      if (value === null || value === undefined) return undefined;
      values.push(String(value));
    }
    return joinTexts(values);
  }
}
