import type { Entry } from './row-cache.ts';

/** How much may stay in memory, in bytes, roughly. */
export interface MemoryLimits {
  /** Of entries that one page used. */
  readonly young: number;
  /** Of those that several pages used. */
  readonly old: number;
}

/**
 * Which entries stay in memory between pages. Most rows are made by one event and never seen again: they pass through a
 * queue, and only those that another page asks for meanwhile stay for longer, until they have not been used for longest.
 */
export class Residents {
  readonly #limits: MemoryLimits;
  #queue: Entry[] = [];
  #next = 0;
  #young = 0;
  #old = 0;

  constructor(limits: MemoryLimits) {
    this.#limits = limits;
  }

  admit(entry: Entry): void {
    this.#queue.push(entry);
    this.#young += entry.weight;
  }

  /** Notes that a page uses an entry. */
  use(entry: Entry, page: number): void {
    if (entry.page === page) return;
    if (entry.page !== 0 && entry.age === 'young') {
      entry.age = 'old';
      this.#young -= entry.weight;
      this.#old += entry.weight;
    }
    entry.page = page;
  }

  weigh(entry: Entry, weight: number): void {
    if (entry.age === 'young') this.#young += weight - entry.weight;
    else this.#old += weight - entry.weight;
    entry.weight = weight;
  }

  /** Forgets the weight of an entry that memory no longer holds. */
  dismiss(entry: Entry): void {
    if (entry.age === 'young') this.#young -= entry.weight;
    else if (entry.age === 'old') this.#old -= entry.weight;
    entry.age = 'gone';
  }

  /**
   * Entries that should leave, longest unused first: none as long as all are within the limits, else so many that half
   * of the room is free. `all` gives every entry there is; it is asked only when old ones have to leave.
   */
  leaving(all: () => Iterable<Entry>): Entry[] {
    return [...this.#leavingYoung(), ...(this.#old > this.#limits.old ? this.#leavingOld(all) : [])];
  }

  #leavingYoung(): Entry[] {
    const leaving: Entry[] = [];
    if (this.#young <= this.#limits.young) return leaving;
    let weight = this.#young;
    while (weight > this.#limits.young / 2 && this.#next < this.#queue.length) {
      const entry = this.#queue[this.#next];
      this.#next += 1;
      if (entry?.age !== 'young') continue;
      weight -= entry.weight;
      leaving.push(entry);
    }
    if (this.#next > this.#queue.length / 2) {
      this.#queue = this.#queue.slice(this.#next);
      this.#next = 0;
    }
    return leaving;
  }

  #leavingOld(all: () => Iterable<Entry>): Entry[] {
    const weights = new Map<number, number>();
    for (const { age, page, weight } of all()) if (age === 'old') weights.set(page, (weights.get(page) ?? 0) + weight);
    let kept = 0;
    let cold = 0;
    for (const page of [...weights.keys()].sort((a, b) => b - a)) {
      kept += weights.get(page) ?? 0;
      cold = page + 1;
      if (kept > this.#limits.old / 2) break;
    }
    const leaving: Entry[] = [];
    for (const entry of all()) if (entry.age === 'old' && entry.page < cold) leaving.push(entry);
    return leaving;
  }

  /** Puts an entry back at the end of the queue: it was to leave, but cannot yet. */
  keep(entry: Entry): void {
    if (entry.age === 'young') this.#queue.push(entry);
  }
}
