import type { EventStore } from '@headroom/event-store';
import { LRUCache } from 'lru-cache';
import { MemoryModel } from '../fold/fold-in-memory.ts';
import type { Projection } from '../projection.ts';

/** A fold that stands still while somebody reads it. */
interface Snapshot {
  readonly model: MemoryModel;
  readers: number;
}

/** Rows that all snapshots together may hold. */
const MAX_ROWS = 200_000;
const PAGE_SIZE = 2_000;
/** Positions of one tenant that are kept. */
const KEPT_A_FAMILY = 4;

/**
 * Folds of one tenant's events in memory, up to any position. The last ones are kept: a later position goes on from
 * where an earlier fold ended, unless somebody is reading that at the moment.
 */
export class Snapshots {
  readonly #store: EventStore;
  readonly #kept = new LRUCache<string, Snapshot[]>({
    maxSize: MAX_ROWS,
    sizeCalculation: (snapshots) => snapshots.reduce((size, { model }) => size + model.size, 1),
  });
  /** Folds under way, with how many wait for them. */
  readonly #folding = new Map<string, { readonly snapshot: Promise<Snapshot>; waiting: number }>();

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Runs a task over the fold of a tenant's events up to a position; the fold does not change meanwhile. */
  async read<T>(
    projections: readonly Projection[],
    tenantId: string,
    position: number,
    task: (model: MemoryModel) => Promise<T>,
  ): Promise<T> {
    const family = JSON.stringify([tenantId, projections.map(({ name }) => name).sort()]);
    const snapshot = await this.#at(family, projections, tenantId, position);
    try {
      return await task(snapshot.model);
    } finally {
      snapshot.readers -= 1;
    }
  }

  /** A snapshot that counts the caller among its readers already. */
  async #at(family: string, projections: readonly Projection[], tenantId: string, position: number): Promise<Snapshot> {
    const same = this.#kept.get(family)?.find(({ model }) => model.position === position);
    if (same) {
      same.readers += 1;
      return same;
    }
    const id = `${family} ${position}`;
    const folding = this.#folding.get(id) ?? this.#start(id, family, projections, tenantId, position);
    folding.waiting += 1;
    return folding.snapshot;
  }

  #start(
    id: string,
    family: string,
    projections: readonly Projection[],
    tenantId: string,
    position: number,
  ): { readonly snapshot: Promise<Snapshot>; waiting: number } {
    const model = this.#takeEarlier(family, position) ?? new MemoryModel(projections);
    const settle = (): Snapshot => {
      this.#folding.delete(id);
      // Those that waited are its readers from the first moment on: nobody may take it further under their hands.
      const snapshot = { model, readers: folding.waiting };
      this.#kept.set(family, [...(this.#kept.get(family) ?? []).slice(1 - KEPT_A_FAMILY), snapshot]);
      return snapshot;
    };
    const folding = {
      waiting: 0,
      snapshot: this.#fold(model, projections, tenantId, position).then(settle, (error: unknown) => {
        this.#folding.delete(id);
        throw error;
      }),
    };
    this.#folding.set(id, folding);
    return folding;
  }

  /** The latest fold before a position that nobody reads; it is no longer among those kept. */
  #takeEarlier(family: string, position: number): MemoryModel | undefined {
    const snapshots = this.#kept.get(family) ?? [];
    const earlier = snapshots
      .filter(({ model, readers }) => readers === 0 && model.position < position)
      .sort((a, b) => b.model.position - a.model.position)[0];
    if (!earlier) return undefined;
    this.#kept.set(
      family,
      snapshots.filter((snapshot) => snapshot !== earlier),
    );
    return earlier.model;
  }

  async #fold(
    model: MemoryModel,
    projections: readonly Projection[],
    tenantId: string,
    position: number,
  ): Promise<void> {
    // What is asked beyond the end of the log holds up to the end: events may come before that position yet.
    const end = Math.min(position, await this.#store.head());
    if (end <= model.position) return;
    const types = [...new Set(projections.flatMap(({ storedTypes }) => storedTypes))];
    const options = { after: model.position, upTo: end, tenantId, types, pageSize: PAGE_SIZE };
    for await (const { events, upTo } of this.#store.readAll(options)) model.fold(events, upTo);
    model.fold([], end);
  }
}
