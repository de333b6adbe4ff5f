import { concatenated, sameBytes, sha256 } from './bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

export const hashOfLeaf = (leaf: Uint8Array): Promise<Bytes> => sha256(concatenated(LEAF, leaf));
const hashOfNode = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(concatenated(NODE, left, right));

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

/** A way up a tree: a place in a row, and the last place of that row. */
class Climb {
  #place: number;
  #last: number;

  constructor(place: number, last: number) {
    this.#place = place;
    this.#last = last;
  }

  get atRoot(): boolean {
    return this.#last === 0;
  }

  get leftmost(): boolean {
    return this.#place === 0;
  }

  /** Up for as long as one comes from the right. */
  skipPerfect(): this {
    while (isOdd(this.#place)) this.#up();
    return this;
  }

  /** A row up; tells on which side the sibling stood. */
  step(): 'left' | 'right' {
    const left = isOdd(this.#place) || this.#place === this.#last;
    if (left) while (!isOdd(this.#place) && this.#place !== 0) this.#up();
    this.#up();
    return left ? 'left' : 'right';
  }

  #up(): void {
    this.#place = half(this.#place);
    this.#last = half(this.#last);
  }
}

/** Whether a leaf is the n-th of the tree with that root: RFC 9162, section 2.1.3.2. */
export const verifyInclusion = async (
  leafHash: Bytes,
  n: number,
  size: number,
  path: readonly Bytes[],
  root: Uint8Array,
): Promise<boolean> => {
  if (n >= size) return false;
  const climb = new Climb(n, size - 1);
  let hash = leafHash;
  for (const sibling of path) {
    if (climb.atRoot) return false;
    hash = climb.step() === 'left' ? await hashOfNode(sibling, hash) : await hashOfNode(hash, sibling);
  }
  return climb.atRoot && sameBytes(hash, root);
};

export interface Head {
  readonly size: number;
  readonly root: Bytes;
}

/** Whether the tree of the first head is the beginning of that of the second: RFC 9162, section 2.1.4.2. */
export const verifyConsistency = async (first: Head, second: Head, path: readonly Bytes[]): Promise<boolean> => {
  if (first.size > second.size || first.size === 0) return false;
  if (first.size === second.size) return path.length === 0 && sameBytes(first.root, second.root);
  const climb = new Climb(first.size - 1, second.size - 1).skipPerfect();
  // The root of a perfect tree is not told again.
  const [start, ...rest] = climb.leftmost ? [first.root, ...path] : path;
  if (start === undefined) return false;
  let older = start;
  let newer = start;
  for (const sibling of rest) {
    if (climb.atRoot) return false;
    if (climb.step() === 'left') {
      older = await hashOfNode(sibling, older);
      newer = await hashOfNode(sibling, newer);
    } else newer = await hashOfNode(newer, sibling);
  }
  return climb.atRoot && sameBytes(older, first.root) && sameBytes(newer, second.root);
};
