import { LEVELS_APART } from './frontier.ts';
import { nodeHash } from './hashing.ts';

/** Leaves `[start, end)` of a tree, as one hash. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The largest power of two below a number (above one). */
const splitOf = (size: number): number => {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
};

/** `n` of 2^n leaves; undefined when it is no power of two. */
const heightOf = ({ start, end }: Span): number | undefined => {
  let height = 0;
  let size = 1;
  for (; size < end - start; size *= 2) height += 1;
  return size === end - start ? height : undefined;
};

/** What leads from a leaf to the root of the first `size` leaves: RFC 6962, section 2.1.1, `PATH`. */
export const inclusionSpans = (leaf: number, size: number): Span[] => {
  const spans: Span[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (leaf < middle) {
      spans.push({ start: middle, end });
      end = middle;
    } else {
      spans.push({ start, end: middle });
      start = middle;
    }
  }
  return spans.reverse();
};

/** What shows that the first `second` leaves begin with the first `first`: RFC 6962, section 2.1.2, `PROOF`. */
export const consistencySpans = (first: number, second: number): Span[] => {
  if (first === 0 || first === second) return [];
  const spans: Span[] = [];
  let start = 0;
  let end = second;
  let whole = true;
  while (first !== end) {
    const middle = start + splitOf(end - start);
    if (first <= middle) {
      spans.push({ start: middle, end });
      end = middle;
    } else {
      spans.push({ start, end: middle });
      start = middle;
      whole = false;
    }
  }
  if (!whole) spans.push({ start, end });
  return spans.reverse();
};

/** Perfect, aligned trees that are kept: `count` of them at a level, from the n-th on. */
export interface Stored {
  readonly level: number;
  readonly from: number;
  readonly count: number;
}

const storedOf = (start: number, height: number): Stored => {
  const level = height - (height % LEVELS_APART);
  return { level, from: start / 2 ** level, count: 2 ** (height - level) };
};

const halves = ({ start, end }: Span): [Span, Span] => {
  const middle = start + splitOf(end - start);
  return [
    { start, end: middle },
    { start: middle, end },
  ];
};

/** What has to be read in order to tell the hash of a span. */
export const neededFor = (span: Span): Stored[] => {
  const height = heightOf(span);
  return height === undefined ? halves(span).flatMap(neededFor) : [storedOf(span.start, height)];
};

/** Gives the hash of the n-th perfect tree of a level that is kept. Throws when it is not there. */
export type StoredHashes = (level: number, n: number) => Buffer;

const perfectRoot = (hashes: readonly Buffer[]): Buffer => {
  let row = hashes;
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, n) => nodeHash(row[2 * n] as Buffer, row[2 * n + 1] as Buffer));
  return row[0] as Buffer;
};

/** The hash of a span: RFC 6962, `MTH`. */
export const hashOf = (span: Span, stored: StoredHashes): Buffer => {
  const height = heightOf(span);
  if (height === undefined) {
    const [left, right] = halves(span);
    return nodeHash(hashOf(left, stored), hashOf(right, stored));
  }
  const { level, from, count } = storedOf(span.start, height);
  return perfectRoot(Array.from({ length: count }, (_, n) => stored(level, from + n)));
};
