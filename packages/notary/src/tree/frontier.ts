import { EMPTY_ROOT, nodeHash } from './hashing.ts';

/** Roots of perfect trees are kept for every so many levels. */
export const LEVELS_APART = 8;
const HASH_BYTES = 32;

/** A perfect tree that has just become whole: of 2^level leaves, the n-th of its size. */
export interface WholeNode {
  readonly level: number;
  readonly n: number;
  readonly hash: Buffer;
}

interface Peak {
  readonly level: number;
  readonly hash: Buffer;
}

/** Levels of the perfect trees that so many leaves make up, the largest first: the bits of the number. */
const levelsOf = (size: number): number[] => {
  const levels: number[] = [];
  for (let level = 52; level >= 0; level -= 1) if (Math.floor(size / 2 ** level) % 2 === 1) levels.push(level);
  return levels;
};

/** All that has to be known of a tree in order to add leaves to it and to tell its root. */
export class Frontier {
  #size: number;
  readonly #peaks: Peak[];

  /** As `bytes` gave it for so many leaves. Throws when the two do not fit. */
  constructor(size = 0, bytes: Uint8Array = new Uint8Array()) {
    const levels = levelsOf(size);
    if (bytes.length !== levels.length * HASH_BYTES) throw new Error(`a tree of ${size} leaves has another frontier`);
    this.#size = size;
    this.#peaks = levels.map((level, n) => ({
      level,
      hash: Buffer.from(bytes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES)),
    }));
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#peaks.map(({ hash }) => hash));
  }

  /** Adds a leaf; gives the perfect trees worth keeping that became whole by it. */
  add(leaf: Buffer): WholeNode[] {
    const whole: WholeNode[] = [];
    let peak: Peak = { level: 0, hash: leaf };
    this.#size += 1;
    while (this.#peaks.at(-1)?.level === peak.level) {
      const left = this.#peaks.pop() as Peak;
      peak = { level: peak.level + 1, hash: nodeHash(left.hash, peak.hash) };
      if (peak.level % LEVELS_APART === 0)
        whole.push({ level: peak.level, n: this.#size / 2 ** peak.level - 1, hash: peak.hash });
    }
    this.#peaks.push(peak);
    return whole;
  }

  /** The head of the tree: RFC 6962, `MTH`. */
  root(): Buffer {
    const [last, ...rest] = this.#peaks.toReversed();
    return last === undefined ? EMPTY_ROOT : rest.reduce((right, { hash }) => nodeHash(hash, right), last.hash);
  }
}
