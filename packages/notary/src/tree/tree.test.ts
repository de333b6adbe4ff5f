/** The tree against an independent implementation of RFC 9162. */

import independent from '@transmute/rfc9162';
import fc from 'fast-check';
import t from 'tap';
import { Frontier } from './frontier.ts';
import { leafHash } from './hashing.ts';
import { consistencySpans, hashOf, inclusionSpans, neededFor, type StoredHashes } from './proofs.ts';

const { RFC9162 } = independent;

/** Everything that is kept of a tree of so many leaves, as the database keeps it. */
const grow = (size: number) => {
  const texts = Array.from({ length: size }, (_, n) => `leaf ${n}`);
  const kept = new Map<string, Buffer>();
  const tree = new Frontier();
  for (const [n, text] of texts.entries()) {
    kept.set(`0/${n}`, leafHash(text));
    for (const node of tree.add(leafHash(text))) kept.set(`${node.level}/${node.n}`, node.hash);
  }
  const stored: StoredHashes = (level, n) => {
    const hash = kept.get(`${level}/${n}`);
    if (hash === undefined) throw new Error(`${level}/${n} is not kept`);
    return hash;
  };
  const entries = texts.map((text) => new TextEncoder().encode(text));
  return { tree, stored, entries };
};

const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map((hash) => Buffer.from(hash).toString('hex'));

const isPowerOfTwo = (size: number): boolean => Number.isInteger(Math.log2(size));

type Grown = ReturnType<typeof grow>;

/** Whether the audit path of a leaf is theirs, and theirs holds with ours. */
const pathIsTheirs = async ({ stored, entries }: Grown, n: number, size: number): Promise<boolean> => {
  const some = entries.slice(0, size);
  const ours = inclusionSpans(n, size).map((span) => hashOf(span, stored));
  const theirs = await RFC9162.inclusionProof(some[n] as Uint8Array, some);
  const [root, leaf] = [await RFC9162.treeHead(some), await RFC9162.leaf(some[n] as Uint8Array)];
  const holds = await RFC9162.verifyInclusionProof(root, leaf, { ...theirs, inclusion_path: ours });
  return holds && hex(ours).join() === hex(theirs.inclusion_path).join();
};

const growthIsTheirs = async ({ stored, entries }: Grown, first: number, size: number): Promise<boolean> => {
  const ours = consistencySpans(first, size).map((span) => hashOf(span, stored));
  const before = await RFC9162.inclusionProof(entries[0] as Uint8Array, entries.slice(0, first));
  const { consistency_path: theirs } = await RFC9162.consistencyProof(before, entries.slice(0, size));
  // It tells the root of a perfect tree once more, which the standard leaves out.
  const expected = isPowerOfTwo(first) ? theirs.slice(1) : theirs;
  return hex(ours).join() === hex(expected).join();
};

t.test('roots, audit paths and proofs of growth of every small tree are theirs', async (t) => {
  const grown = grow(20);
  const { entries, stored } = grown;
  const tree = new Frontier();
  t.strictSame(hex([tree.root()]), hex([await RFC9162.treeHead([])]), 'of nothing');
  let proofs = 0;
  for (let size = 1; size <= entries.length; size += 1) {
    tree.add(leafHash(`leaf ${size - 1}`));
    const root = await RFC9162.treeHead(entries.slice(0, size));
    t.strictSame(hex([tree.root(), hashOf({ start: 0, end: size }, stored)]), hex([root, root]), `${size} leaves`);
    for (let n = 0; n < size; n += 1) proofs += Number(await pathIsTheirs(grown, n, size));
    for (let first = 1; first < size; first += 1) proofs += Number(await growthIsTheirs(grown, first, size));
  }
  t.equal(proofs, 20 * 20, 'of each leaf in each tree, and of each tree from each smaller one');
});

t.test('large trees, in which only some hashes are kept, give the same', async (t) => {
  const grown = grow(700);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(699), async (size, at) => {
      return pathIsTheirs(grown, at % size, size);
    }),
    { numRuns: 25 },
  );
  const read = inclusionSpans(5, 65_536 * 3 + 7).flatMap(neededFor);
  t.ok(read.reduce((sum, { count }) => sum + count, 0) < 800, 'a proof reads some hundred hashes');
});

t.test('a tree goes on from its frontier', async (t) => {
  const whole = grow(300).tree;
  const half = grow(137).tree;
  const again = new Frontier(137, half.bytes);
  for (let n = 137; n < 300; n += 1) again.add(leafHash(`leaf ${n}`));
  t.strictSame(hex([again.root()]), hex([whole.root()]));
  t.throws(() => new Frontier(139, half.bytes), 'of another size');
});
