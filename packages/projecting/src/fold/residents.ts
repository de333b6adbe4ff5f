import type { Entry } from './row-cache.ts';

/** How much may stay in memory, in bytes, roughly. */
export interface MemoryLimits {
  /** Of entries that one page used. */
  readonly young: number;
  /** Of those that several pages used. */
  readonly old: number;
}

/** What is in memory, of one fold or of several that share the room. */
export class Room {
  readonly limits: MemoryLimits;
  young = 0;
  old = 0;
  sharers = 0;

  constructor(limits: MemoryLimits) {
    this.limits = limits;
  }
}

/**
 * Which entries stay in memory between pages. Most rows are made by one event and never seen again: they pass through a
 * queue, and only those that another page asks for meanwhile stay for longer, until they have not been used for longest.
 */
export class Residents {
  readonly #room: Room;
  #queue: Entry[] = [];
  #next = 0;
  /** The part of the room that is taken here. */
  #young = 0;
  #old = 0;

  constructor(room: Room) {
    this.#room = room;
    room.sharers += 1;
  }

  admit(entry: Entry): void {
    this.#queue.push(entry);
    this.#count(entry, entry.weight);
  }

  /** Notes that a page uses an entry. */
  use(entry: Entry, page: number): void {
    if (entry.page === page) return;
    if (entry.page !== 0) this.#isUsedAgain(entry);
    entry.page = page;
  }

  /** It stays for longer, also where it was about to leave. */
  #isUsedAgain(entry: Entry): void {
    if (entry.age === 'gone' || (entry.age === 'old' && !entry.leaves)) return;
    if (!entry.leaves) this.#count(entry, -entry.weight);
    entry.leaves = false;
    entry.age = 'old';
    this.#count(entry, entry.weight);
  }

  weigh(entry: Entry, weight: number): void {
    if (!entry.leaves) this.#count(entry, weight - entry.weight);
    entry.weight = weight;
  }

  /** Forgets the weight of an entry that memory no longer holds. */
  dismiss(entry: Entry): void {
    if (!entry.leaves) this.#count(entry, -entry.weight);
    entry.age = 'gone';
  }

  /**
   * Entries that should leave, longest unused first: none as long as all are within the limits, else half of what is
   * here, unless others have taken more than their share. `all` gives every entry there is; it is asked only when old ones have to leave.
   */
  leaving(all: () => Iterable<Entry>): Entry[] {
    const { young, old, limits, sharers } = this.#room;
    const leaving = [
      ...(young > limits.young && this.#young * sharers >= young ? this.#leavingYoung() : []),
      ...(old > limits.old && this.#old * sharers >= old ? this.#leavingOld(all) : []),
    ];
    for (const entry of leaving) {
      this.#count(entry, -entry.weight);
      entry.leaves = true;
    }
    return leaving;
  }

  #leavingYoung(): Entry[] {
    const leaving: Entry[] = [];
    const most = this.#young / 2;
    for (let left = this.#young; left > most && this.#next < this.#queue.length; ) {
      const entry = this.#queue[this.#next];
      this.#next += 1;
      if (entry?.age !== 'young') continue;
      left -= entry.weight;
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
    for (const { age, leaves, page, weight } of all())
      if (age === 'old' && !leaves) weights.set(page, (weights.get(page) ?? 0) + weight);
    let kept = 0;
    let cold = 0;
    for (const page of [...weights.keys()].sort((a, b) => b - a)) {
      kept += weights.get(page) ?? 0;
      cold = page + 1;
      if (kept > this.#old / 2) break;
    }
    const leaving: Entry[] = [];
    for (const entry of all()) if (entry.age === 'old' && !entry.leaves && entry.page < cold) leaving.push(entry);
    return leaving;
  }

  /** Keeps an entry that was to leave, but cannot yet; a young one goes to the end of the queue. */
  keep(entry: Entry): void {
    if (!entry.leaves) return;
    entry.leaves = false;
    this.#count(entry, entry.weight);
    if (entry.age === 'young') this.#queue.push(entry);
  }

  #count({ age }: Entry, weight: number): void {
    if (age === 'young') {
      this.#young += weight;
      this.#room.young += weight;
    } else if (age === 'old') {
      this.#old += weight;
      this.#room.old += weight;
    }
  }
}
