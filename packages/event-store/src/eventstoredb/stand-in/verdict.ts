import type { Expected, Proposed, Recorded } from './recorded.ts';

export type Verdict =
  | { readonly kind: 'write' }
  | { readonly kind: 'written-before'; readonly lastRevision: number }
  | { readonly kind: 'wrong-expected-version' };

/** Where recently written events are, by id: the server's only memory of them when no revision is expected. */
export type Recent = ReadonlyMap<string, Recorded>;

const WRONG: Verdict = { kind: 'wrong-expected-version' };
const WRITE: Verdict = { kind: 'write' };

/**
 * Decides on an append as the server's index writer does. With a revision it compares event ids with what stands at
 * that place in the stream, for ever; without one it only knows the events in its bounded cache, which a restart
 * empties. An append of which a part is there already is no repetition.
 */
export const verdictOn = (
  stream: readonly Recorded[],
  expected: Expected,
  events: readonly Proposed[],
  recent: Recent,
): Verdict => {
  const current = stream.length - 1;
  if (expected === 'stream-exists' && current < 0) return WRONG;
  if (typeof expected === 'string') return byRecentWrites(stream, events, recent);
  if (expected > current) return WRONG;
  if (expected === current) return WRITE;
  const repeated = events.length > 0 && events.every(({ id }, n) => stream[expected + 1 + n]?.id === id);
  return repeated ? { kind: 'written-before', lastRevision: expected + events.length } : WRONG;
};

const byRecentWrites = (stream: readonly Recorded[], events: readonly Proposed[], recent: Recent): Verdict => {
  const known = events.map(({ id }) => recent.get(id)).filter((found) => found && stream[found.revision] === found);
  const last = known.at(-1);
  if (last === undefined || known[0]?.id !== events[0]?.id) return WRITE;
  return known.length === events.length ? { kind: 'written-before', lastRevision: last.revision } : WRONG;
};
