import type { StoredEvent } from '@headroom/event-store';
import type { Projection } from '../projection.ts';
import type { RowReader } from '../reader.ts';
import { MemoryReader } from '../reading/memory-reader.ts';
import { UpcastPage } from './project-events.ts';
import type { RowCache } from './row-cache.ts';
import type { AnyTable } from './row-shape.ts';
import { UnitOfWork } from './unit-of-work.ts';

let models = 0;

/** Projections folded without a database: for answers about the past, for tests and for verification. */
export class MemoryModel {
  readonly #units: readonly { readonly unit: UnitOfWork; readonly types: ReadonlySet<string> }[];
  readonly #caches = new Map<AnyTable, RowCache>();
  readonly #number = ++models;
  readonly #partial: boolean;
  #position = 0;

  /** `partial`: it will be told some of a tenant's events only. */
  constructor(projections: readonly Projection[], { partial = false }: { readonly partial?: boolean } = {}) {
    this.#partial = partial;
    this.#units = projections.map((projection) => ({
      unit: new UnitOfWork(projection, { kind: 'nothing' }),
      types: new Set(projection.storedTypes),
    }));
    for (const { unit } of this.#units) for (const cache of unit.caches) this.#caches.set(cache.shape.table, cache);
  }

  /** The log position up to which it has folded. */
  get position(): number {
    return this.#position;
  }

  /** How many rows it holds, of all tables. */
  get size(): number {
    let size = 0;
    for (const cache of this.#caches.values()) size += cache.entries.size;
    return size;
  }

  /**
   * Folds further events, in the order of the log, one by one: so a handler that reads what its `needs` did not ask for
   * is found out always, not only where a page happens to end. Throws what a handler threw; the model is then of no use.
   */
  fold(events: readonly StoredEvent[], upTo: number = events.at(-1)?.position ?? this.#position): void {
    const page = new UpcastPage(events);
    for (const { unit, types } of this.#units) {
      for (const event of page.for(unit.projection, types, this.#position)) {
        unit.open([event]);
        unit.fold([event], 0);
      }
      // Nobody is going to write them; but what could not be written shall not pass here either.
      for (const cache of unit.caches) cache.handOver(cache.changed());
    }
    this.#position = upTo;
  }

  /** Reads the rows as they are now; not to be used while or after the model folds on. */
  reader(): RowReader {
    const cacheOf = (table: AnyTable): RowCache => {
      const cache = this.#caches.get(table);
      if (!cache) throw new Error(`table ${table.name} belongs to none of the projections that were folded`);
      return cache;
    };
    return new MemoryReader({ model: this.#number, position: this.#position, partial: this.#partial }, cacheOf);
  }
}

type Pages = Iterable<{ readonly events: readonly StoredEvent[]; readonly upTo: number }>;

/** Folds pages of a log, or simply events, in memory, with no database behind. */
export const foldInMemory = async (
  projections: readonly Projection[],
  log:
    | readonly StoredEvent[]
    | Pages
    | AsyncIterable<{ readonly events: readonly StoredEvent[]; readonly upTo: number }>,
): Promise<MemoryModel> => {
  const model = new MemoryModel(projections);
  for await (const part of log) {
    if ('upTo' in part) model.fold(part.events, part.upTo);
    else model.fold([part]);
  }
  return model;
};
