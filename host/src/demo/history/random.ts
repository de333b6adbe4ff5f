/** Random numbers that are the same on every run (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 32 random bits. */
  #bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** From `from` up to and with `to`. */
  integer(from: number, to: number): number {
    return from + Math.floor((this.#bits() / 0x1_0000_0000) * (to - from + 1));
  }

  /** True so often: 0.2 is every fifth time. */
  chance(share: number): boolean {
    return this.#bits() < share * 0x1_0000_0000;
  }

  /** One of a list that is not empty. */
  pick<Item>(items: readonly Item[]): Item {
    return items[this.integer(0, items.length - 1)] as Item;
  }

  /** Looks like the ids that commands derive (a UUID of version 8). */
  id(): string {
    const word = (): string => this.#bits().toString(16).padStart(8, '0');
    const [a, b, c, d] = [word(), word(), word(), word()];
    return `${a}-${b.slice(0, 4)}-8${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
  }
}
