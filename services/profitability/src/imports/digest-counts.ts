/** Two times 13 hexadecimal digits are numbers exactly, and 104 bits of a digest are never met twice by chance. */
const DIGITS = 13;
const WORDS = 2;

/**
 * Counts how often each digest has come, in about 30 bytes for each: a table with open addressing, for a map of strings
 * would take four times as much and be walked through at each collection of garbage.
 */
export class DigestCounts {
  #room: number;
  #words: Float64Array;
  /** 0 where nothing is. */
  #counts: Uint32Array;
  #size = 0;

  constructor(room = 4_096) {
    this.#room = room;
    this.#words = new Float64Array(WORDS * room);
    this.#counts = new Uint32Array(room);
  }

  /** The how-manieth time it is that this digest comes, from 1. Digests are hexadecimal and evenly spread. */
  next(digest: string): number {
    const first = Number.parseInt(digest.slice(0, DIGITS), 16);
    const second = Number.parseInt(digest.slice(DIGITS, WORDS * DIGITS), 16);
    const place = this.#placeOf(first, second);
    const count = (this.#counts[place] ?? 0) + 1;
    this.#counts[place] = count;
    if (count > 1) return count;
    this.#words[WORDS * place] = first;
    this.#words[WORDS * place + 1] = second;
    this.#size += 1;
    if (this.#size > 0.75 * this.#room) this.#grow();
    return count;
  }

  #placeOf(first: number, second: number): number {
    let place = first % this.#room;
    while (this.#counts[place] !== 0 && !this.#holds(place, first, second)) place = (place + 1) % this.#room;
    return place;
  }

  #holds(place: number, first: number, second: number): boolean {
    return this.#words[WORDS * place] === first && this.#words[WORDS * place + 1] === second;
  }

  #grow(): void {
    const bigger = new DigestCounts(2 * this.#room);
    for (let place = 0; place < this.#room; place += 1) {
      const count = this.#counts[place] ?? 0;
      if (count > 0) bigger.#put(this.#words[WORDS * place] ?? 0, this.#words[WORDS * place + 1] ?? 0, count);
    }
    this.#room = bigger.#room;
    this.#words = bigger.#words;
    this.#counts = bigger.#counts;
  }

  #put(first: number, second: number, count: number): void {
    const place = this.#placeOf(first, second);
    this.#words[WORDS * place] = first;
    this.#words[WORDS * place + 1] = second;
    this.#counts[place] = count;
  }
}
