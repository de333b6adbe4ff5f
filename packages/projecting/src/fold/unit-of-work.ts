import type { Handler, ProjectedEvent, Projection, Rows } from '../projection.ts';
import type { Table } from '../table.ts';
import type { Bucket } from './lookup-index.ts';
import { PageNeeds, type Wanted } from './page-needs.ts';
import { type Entry, RowCache } from './row-cache.ts';
import { type AnyRow, type AnyTable, joinKey } from './row-shape.ts';

/** A fold read what its `needs` had not asked for: a mistake in the projection. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
}

type AnyHandler = Handler<string, unknown>;

/**
 * The rows of one projection that are in memory, and what the fold did to them. It lives as long as its process may
 * write: what one page loaded serves the next.
 */
export class UnitOfWork implements Rows {
  readonly projection: Projection;
  /** Counts pages; a row can be read in those that needed or put it. */
  page = 0;
  readonly #caches = new Map<AnyTable, RowCache>();
  readonly #needs: PageNeeds;
  readonly #handlers: { readonly [type: string]: AnyHandler };
  /** The event at hand, or the last one: when a handler throws, this is the one. */
  at: ProjectedEvent | undefined;
  /** Counts events, over all pages. */
  #event = 0;
  /** Entries that the event at hand changed. */
  readonly #touched: Entry[] = [];
  /** Events of this page, by index, whose look-ups are bounded; and those whose needs follow from rows. */
  readonly #bounds = new Map<number, ReadonlyMap<Bucket, unknown>>();
  readonly #dependent = new Set<number>();
  /** The bounds of the event at hand. */
  #current: ReadonlyMap<Bucket, unknown> | undefined;

  /** With `selfContained` there is no database behind: what is not in memory does not exist. */
  constructor(projection: Projection, { selfContained = false }: { readonly selfContained?: boolean } = {}) {
    this.projection = projection;
    this.#handlers = projection.handlers as unknown as { readonly [type: string]: AnyHandler };
    for (const table of projection.tables) this.#caches.set(table, new RowCache(table));
    this.#needs = new PageNeeds(this, selfContained);
  }

  get caches(): Iterable<RowCache> {
    return this.#caches.values();
  }

  cache(table: AnyTable): RowCache {
    const cache = this.#caches.get(table);
    if (!cache) throw new Error(`table ${table.name} is not one of projection ${this.projection.name}`);
    return cache;
  }

  /** Begins a page: hears what its events need, and gives what must be loaded before `fold`, if anything. */
  open(events: readonly ProjectedEvent[]): Wanted | undefined {
    this.page += 1;
    this.#bounds.clear();
    this.#dependent.clear();
    for (const [index, event] of events.entries()) this.#hear(index, event);
    return this.#needs.take();
  }

  /** Hears that what was wanted is in memory; gives what follows from it and must be loaded next, if anything. */
  loaded(): Wanted | undefined {
    this.#needs.loaded();
    return this.#needs.take();
  }

  /**
   * Folds the events from `start` on. Gives the index of the first event that was not folded, with what it waits for:
   * its needs follow from rows that events before it, in this page, have changed.
   */
  fold(events: readonly ProjectedEvent[], start: number): { readonly folded: number; readonly wanted?: Wanted } {
    for (let index = start; index < events.length; index += 1) {
      const event = events[index];
      if (!event) break;
      if (this.#dependent.has(index)) {
        this.#hear(index, event);
        const wanted = this.#needs.take();
        if (wanted) return { folded: index, wanted };
      }
      this.#foldOne(index, event);
    }
    return { folded: events.length };
  }

  get<Row extends object>(table: Table<Row>, ...key: readonly string[]): Row | undefined {
    return this.#find(this.cache(table as AnyTable), key).row as Row | undefined;
  }

  edit<Row extends object>(table: Table<Row>, ...key: readonly string[]): Row | undefined {
    const cache = this.cache(table as AnyTable);
    const entry = this.#find(cache, key);
    if (entry.row) this.#touch(cache, entry);
    return entry.row as Row | undefined;
  }

  put<Row extends object>(table: Table<Row>, row: Row): void {
    const cache = this.cache(table as AnyTable);
    const key = cache.shape.keyOf(row as AnyRow);
    const entry = cache.entries.get(key) ?? cache.add(key, undefined, 'unknown');
    entry.row = row as AnyRow;
    entry.page = this.page;
    this.#touch(cache, entry);
  }

  remove<Row extends object>(table: Table<Row>, ...key: readonly string[]): void {
    const cache = this.cache(table as AnyTable);
    const id = joinKey(key);
    const entry = cache.entries.get(id) ?? cache.add(id, undefined, 'unknown');
    entry.row = undefined;
    entry.page = this.page;
    this.#touch(cache, entry);
  }

  where<Row extends object>(table: Table<Row>, lookup: string, ...values: readonly string[]): Row[] {
    const cache = this.cache(table as AnyTable);
    const index = cache.index(lookup, values.length);
    const bucket = index.bucket(values);
    if (bucket.page !== this.page)
      throw new NotLoaded(`${table.name}.${lookup} (${values.join(', ')}) was not asked for by needs`);
    cache.place(this.#event);
    const rows: Row[] = [];
    for (const entry of index.rows(bucket, this.#current?.get(bucket))) {
      entry.page = this.page;
      if (entry.row) rows.push(entry.row as Row);
    }
    return rows;
  }

  #hear(index: number, event: ProjectedEvent): void {
    const needs = this.#handlers[event.type]?.needs;
    if (!needs) return;
    this.at = event;
    this.#needs.open();
    needs(this.#needs, event);
    const bounds = this.#needs.bounds();
    if (bounds) this.#bounds.set(index, bounds);
    if (this.#needs.dependsOnRows) this.#dependent.add(index);
  }

  #foldOne(index: number, event: ProjectedEvent): void {
    this.#event += 1;
    this.at = event;
    this.#current = this.#bounds.size === 0 ? undefined : this.#bounds.get(index);
    this.#handlers[event.type]?.fold(this, event);
    for (const entry of this.#touched) if (entry.row) entry.cache.settle(entry, entry.row);
    this.#touched.length = 0;
  }

  #touch(cache: RowCache, entry: Entry): void {
    if (entry.event !== this.#event) this.#touched.push(entry);
    cache.touch(entry, this.#event);
  }

  #find(cache: RowCache, key: readonly string[]): Entry {
    const entry = cache.find(key);
    if (entry?.page === this.page) return entry;
    throw new NotLoaded(`${cache.shape.table.name} (${key.join(', ')}) was not asked for by needs`);
  }
}
