const FIRST_SLOTS = 1 << 16;
const MOST_SLOTS = 1 << 24;
const FULL_AT = 0.6;

/** Mixes two texts into 64 bits, as two numbers of 32. */
const hashes = new Uint32Array(2);
const hash = (tenant: string, rest: string): void => {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (const text of [tenant, rest]) {
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15);
    }
  }
  a = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
  b = Math.imul(b ^ (b >>> 13), 0x297a2d39);
  hashes[0] = a ^ (a >>> 12);
  hashes[1] = b ^ (b >>> 15);
};

/** A set of fingerprints of 32 bits, each near the slot that another 32 bits of its hash name. */
class Segment {
  readonly #slots: Uint32Array;
  readonly #mask: number;
  #free: number;

  constructor(slots: number) {
    this.#slots = new Uint32Array(slots);
    this.#mask = slots - 1;
    this.#free = Math.floor(slots * FULL_AT);
  }

  get size(): number {
    return this.#slots.length;
  }

  get isFull(): boolean {
    return this.#free === 0;
  }

  add(place: number, print: number): void {
    let slot = place & this.#mask;
    while (this.#slots[slot] !== 0) {
      if (this.#slots[slot] === print) return;
      slot = (slot + 1) & this.#mask;
    }
    this.#slots[slot] = print;
    this.#free -= 1;
  }

  has(place: number, print: number): boolean {
    let slot = place & this.#mask;
    while (this.#slots[slot] !== 0) {
      if (this.#slots[slot] === print) return true;
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }
}

/**
 * Remembers keys in some seven bytes each: it knows for sure that one was never added, and is wrong once in a billion when it
 * says that one was. It takes 64 MiB at most, with thirteen million keys; from then on it says "perhaps" to everything.
 */
export class KeyFilter {
  readonly #segments: Segment[] = [];
  #isOver = false;

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  add(tenant: string, rest: string): void {
    if (this.#isOver) return;
    hash(tenant, rest);
    const last = this.#segments.at(-1);
    const segment = last && !last.isFull ? last : this.#grow(last);
    segment?.add(hashes[0] ?? 0, (hashes[1] ?? 0) || 1);
  }

  mayHold(tenant: string, rest: string): boolean {
    if (this.#isOver) return true;
    if (this.isEmpty) return false;
    hash(tenant, rest);
    const [place = 0, print = 0] = hashes;
    return this.#segments.some((segment) => segment.has(place, print || 1));
  }

  #grow(last: Segment | undefined): Segment | undefined {
    const slots = last ? 4 * last.size : FIRST_SLOTS;
    if (slots > MOST_SLOTS) {
      this.#isOver = true;
      this.#segments.length = 1;
      return undefined;
    }
    const segment = new Segment(slots);
    this.#segments.push(segment);
    return segment;
  }
}
