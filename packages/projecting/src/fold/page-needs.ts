import type { Needs } from '../projection.ts';
import type { Table } from '../table.ts';
import type { Bucket, LookupIndex } from './lookup-index.ts';
import { compareValues } from './order.ts';
import type { Entry, RowCache } from './row-cache.ts';
import { type AnyRow, joinTexts, restOfKey } from './row-shape.ts';

/** Rows of the database that a fold waits for. */
export interface Wanted {
  /** By table: keys. */
  readonly rows: Map<RowCache, Map<string, readonly string[]>>;
  /** By look-up: its buckets, with the bound from which they are wanted, if any. */
  readonly lookups: Map<RowCache, Map<LookupIndex, Map<Bucket, unknown>>>;
}

type Then = (rows: readonly never[], needs: Needs) => void;

interface Deferred {
  readonly cache: RowCache;
  readonly index: LookupIndex;
  readonly bucket: Bucket;
  readonly from: unknown;
  readonly follow: Then;
}

const nothing = (): Wanted => ({ rows: new Map(), lookups: new Map() });

/** Told about caches by the unit of work. */
export interface Caches {
  readonly page: number;
  cache(table: Table<never>): RowCache;
}

/** Gathers what the events of a page need, and what of it is not in memory yet. */
export class PageNeeds implements Needs {
  /** Entries that events need, and the keys by which they asked for them; each event has a stretch of these. */
  readonly entries: Entry[] = [];
  readonly keys: (readonly string[])[] = [];
  readonly #caches: Caches;
  /** Where there is no database behind, what is not in memory does not exist. */
  readonly #selfContained: boolean;
  #wanted = nothing();
  #deferred: Deferred[] = [];
  /** What the event at hand asked of look-ups. */
  #asked: { readonly bucket: Bucket; readonly from: unknown }[] = [];
  #hasThen = false;

  constructor(caches: Caches, selfContained: boolean) {
    this.#caches = caches;
    this.#selfContained = selfContained;
  }

  row<Row extends object>(table: Table<Row>, ...key: readonly string[]): void {
    const cache = this.#caches.cache(table as Table<never>);
    const [tenant = ''] = key;
    const rest = restOfKey(key);
    const entry = cache.entries.get(tenant, rest) ?? this.#absent(cache, tenant, rest);
    if (!entry) {
      this.#wantRow(cache, key);
      return;
    }
    cache.use(entry, this.#caches.page);
    this.entries.push(entry);
    this.keys.push(key);
  }

  where<Row extends object>(
    table: Table<Row>,
    lookup: string,
    values: readonly string[],
    options: { readonly from?: string; readonly follow?: (rows: readonly Row[], needs: Needs) => void } = {},
  ): void {
    const cache = this.#caches.cache(table as Table<never>);
    const index = cache.index(lookup, values.length);
    const bucket = index.bucket(values);
    const from = options.from === undefined ? undefined : index.bound(options.from);
    bucket.page = this.#caches.page;
    this.#asked.push({ bucket, from });
    if (this.#selfContained || cache.isComplete) index.cover(bucket, undefined);
    if (!index.covers(bucket, from)) this.#wantLookup(cache, index, bucket, from);
    if (!options.follow) return;
    this.#hasThen = true;
    const deferred: Deferred = { cache, index, bucket, from, follow: options.follow as Then };
    if (index.covers(bucket, from)) this.#tell(deferred);
    else this.#deferred.push(deferred);
  }

  /** Begins to listen to a page. */
  begin(): void {
    this.entries.length = 0;
    this.keys.length = 0;
  }

  /** Begins to listen to an event. */
  open(): void {
    this.#asked = [];
    this.#hasThen = false;
  }

  /** Whether what the event needs depends on rows that events before it may yet change. */
  get dependsOnRows(): boolean {
    return this.#hasThen;
  }

  /** The bounds under which the event asked for look-ups; undefined when it asked for none with a bound. */
  bounds(): ReadonlyMap<Bucket, unknown> | undefined {
    if (!this.#asked.some(({ from }) => from !== undefined)) return undefined;
    // Asked for without a bound, too: then without.
    const unbounded = new Set(this.#asked.filter(({ from }) => from === undefined).map(({ bucket }) => bucket));
    return new Map(
      this.#asked.filter(({ bucket }) => !unbounded.has(bucket)).map(({ bucket, from }) => [bucket, from]),
    );
  }

  /** What is missing; the needs are then empty. Undefined when nothing is. */
  take(): Wanted | undefined {
    const wanted = this.#wanted;
    if (wanted.rows.size === 0 && wanted.lookups.size === 0) return undefined;
    this.#wanted = nothing();
    return wanted;
  }

  /** Hears what was found by look-ups that others waited for; that may make new needs. */
  loaded(): void {
    const deferred = this.#deferred;
    this.#deferred = [];
    for (const each of deferred) this.#tell(each);
  }

  #tell({ cache, index, bucket, from, follow }: Deferred): void {
    cache.place();
    const rows: AnyRow[] = [];
    for (const entry of index.rows(bucket, from)) {
      cache.use(entry, this.#caches.page);
      if (entry.row) rows.push(entry.row);
    }
    follow(rows as never[], this);
  }

  /** The knowledge that there is no such row, where that needs no look into the database. */
  #absent(cache: RowCache, tenant: string, rest: string): Entry | undefined {
    const isAbsent = this.#selfContained || cache.isAbsent(tenant, rest);
    return isAbsent ? cache.add(tenant, rest, undefined, 'absent') : undefined;
  }

  #wantRow(cache: RowCache, key: readonly string[]): void {
    const keys = this.#wanted.rows.get(cache) ?? new Map<string, readonly string[]>();
    keys.set(joinTexts(key), key);
    this.#wanted.rows.set(cache, keys);
  }

  #wantLookup(cache: RowCache, index: LookupIndex, bucket: Bucket, from: unknown): void {
    const indexes = this.#wanted.lookups.get(cache) ?? new Map<LookupIndex, Map<Bucket, unknown>>();
    const buckets = indexes.get(index) ?? new Map<Bucket, unknown>();
    this.#wanted.lookups.set(cache, indexes.set(index, buckets));
    buckets.set(bucket, buckets.has(bucket) ? lower(buckets.get(bucket), from) : from);
  }
}

/** The bound that covers both; none at all when either has none. */
const lower = (a: unknown, b: unknown): unknown => {
  if (a === undefined || b === undefined) return undefined;
  return compareValues(a, b) <= 0 ? a : b;
};
