import type { Handler, ProjectedEvent, Projection, Rows } from '../projection.ts';
import type { Table } from '../table.ts';
import { KeyFilter } from './key-filter.ts';
import type { Bucket } from './lookup-index.ts';
import { PageNeeds, type Wanted } from './page-needs.ts';
import { Residents, type Room } from './residents.ts';
import { type Entry, RowCache } from './row-cache.ts';
import { type AnyRow, type AnyTable, restOfKey } from './row-shape.ts';

/** A fold read what its `needs` had not asked for: a mistake in the projection. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
}

/** What is behind memory. */
export type Behind =
  /** Nothing: what is not in memory does not exist. */
  | { readonly kind: 'nothing' }
  /** A database, in which rows may be that this fold has not made. */
  | { readonly kind: 'rows' /** None: it is all gone soon. */; readonly room?: Room }
  /** A database that was empty when this fold began: what it never made is not there. */
  | { readonly kind: 'own-rows'; readonly room: Room };

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
  readonly #residents: Residents | undefined;
  readonly #handlers: { readonly [type: string]: AnyHandler };
  /** The event at hand, or the last one: when a handler throws, this is the one. */
  at: ProjectedEvent | undefined;
  #watch: { readonly isWatched: (event: ProjectedEvent) => boolean; readonly note: (entry: Entry) => void } | undefined;
  /** Counts events, over all pages. */
  #event = 0;
  /** Entries that the event at hand changed. */
  readonly #touched: Entry[] = [];
  /** Events of this page, by index, whose look-ups are bounded; and those whose needs follow from rows. */
  readonly #bounds = new Map<number, ReadonlyMap<Bucket, unknown>>();
  readonly #dependent = new Set<number>();
  /** The bounds of the event at hand. */
  #current: ReadonlyMap<Bucket, unknown> | undefined;
  /** Which stretch of the needed entries belongs to each event of the page: where it begins, and where it ends. */
  readonly #stretches: number[] = [];
  #stretch = 0;
  #stretchEnd = 0;

  constructor(projection: Projection, behind: Behind) {
    this.projection = projection;
    const room = behind.kind === 'nothing' ? undefined : behind.room;
    const residents = room && new Residents(room);
    this.#residents = residents;
    this.#handlers = projection.handlers as unknown as { readonly [type: string]: AnyHandler };
    for (const table of projection.tables)
      this.#caches.set(table, new RowCache(table, residents, behind.kind === 'own-rows' ? new KeyFilter() : undefined));
    this.#needs = new PageNeeds(this, behind.kind === 'nothing');
  }

  /** From now on has it noted which entries certain events change or remove. */
  watch(isWatched: (event: ProjectedEvent) => boolean, note: (entry: Entry) => void): void {
    this.#watch = { isWatched, note };
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
    this.#needs.begin();
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
    const rest = cache.shape.restOf(row as AnyRow);
    const tenant = (row as AnyRow).tenantId as string;
    const entry = cache.entries.get(tenant, rest) ?? cache.addUnseen(tenant, rest);
    entry.row = row as AnyRow;
    cache.use(entry, this.page);
    this.#touch(cache, entry);
  }

  remove<Row extends object>(table: Table<Row>, ...key: readonly string[]): void {
    const cache = this.cache(table as AnyTable);
    const entry = cache.find(key) ?? cache.addUnseen(key[0] ?? '', restOfKey(key));
    entry.row = undefined;
    cache.use(entry, this.page);
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
      cache.use(entry, this.page);
      if (entry.row) rows.push(entry.row as Row);
    }
    return rows;
  }

  #hear(index: number, event: ProjectedEvent): void {
    const needs = this.#handlers[event.type]?.needs;
    this.#stretches[2 * index] = this.#needs.entries.length;
    this.#stretches[2 * index + 1] = this.#needs.entries.length;
    if (!needs) return;
    this.at = event;
    this.#needs.open();
    needs(this.#needs, event);
    this.#stretches[2 * index + 1] = this.#needs.entries.length;
    const bounds = this.#needs.bounds();
    if (bounds) this.#bounds.set(index, bounds);
    if (this.#needs.dependsOnRows) this.#dependent.add(index);
  }

  #foldOne(index: number, event: ProjectedEvent): void {
    this.#event += 1;
    this.at = event;
    this.#stretch = this.#stretches[2 * index] ?? 0;
    this.#stretchEnd = this.#stretches[2 * index + 1] ?? 0;
    this.#current = this.#bounds.size === 0 ? undefined : this.#bounds.get(index);
    this.#handlers[event.type]?.fold(this, event);
    if (this.#watch?.isWatched(event)) this.#touched.forEach(this.#watch.note);
    for (const entry of this.#touched) if (entry.row) entry.cache.settle(entry, entry.row);
    this.#touched.length = 0;
  }

  #touch(cache: RowCache, entry: Entry): void {
    if (entry.event !== this.#event) this.#touched.push(entry);
    cache.touch(entry, this.#event);
  }

  #find(cache: RowCache, key: readonly string[]): Entry {
    const entry = this.#needed(cache, key) ?? cache.find(key);
    if (entry?.page === this.page) return entry;
    throw new NotLoaded(`${cache.shape.table.name} (${key.join(', ')}) was not asked for by needs`);
  }

  /** The entry that the event asked for by that key beforehand: found without a look into the cache. */
  #needed(cache: RowCache, key: readonly string[]): Entry | undefined {
    const { entries, keys } = this.#needs;
    for (let index = this.#stretch; index < this.#stretchEnd; index += 1) {
      const entry = entries[index];
      const asked = keys[index];
      if (entry?.cache === cache && asked && isSame(asked, key)) return entry;
    }
    return undefined;
  }

  /** Entries that should leave memory, longest unused first, so that what stays is within the limits. */
  leaving(): Entry[] {
    return this.#residents?.leaving(() => this.#everything()) ?? [];
  }

  /** Forgets an entry, if the database shows it as it is; otherwise it stays for now. */
  forget(entry: Entry): void {
    if (entry.age === 'gone') return;
    if (entry.dirty || entry.writing > 0) this.#residents?.keep(entry);
    else entry.cache.evict(entry);
  }

  /** Puts what changed in its place in the indexes, as must be before anything is forgotten. */
  place(): void {
    for (const cache of this.#caches.values()) {
      cache.place();
      for (const index of cache.indexes) index.sweep(this.page);
    }
  }

  *#everything(): Generator<Entry, void> {
    for (const cache of this.#caches.values()) yield* cache.entries.values();
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
};
