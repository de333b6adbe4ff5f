import { type AppendOutcome, type AtomicallyAppended, NotSupported } from '@headroom/event-store';
import { place } from './answer.ts';
import { appendSurely } from './append-surely.ts';
import { type Desk, MOST_ATTEMPTS } from './carry-out.ts';
import type { Draft } from './draft.ts';
import { allOrNone, answerAll, draftAll, streamsOf } from './drafts.ts';
import { Contended } from './faults.ts';
import type { AnyOutcome, AnyWish } from './job.ts';
import { pauseBefore, refresh } from './refresh.ts';
import type { AnyStream } from './stream.ts';
import type { Streams } from './streams.ts';
import type { Turns } from './turns.ts';

type Found = ReadonlyMap<string, AnyStream>;

/** The outcomes, with `key-reused` for those whose key belongs to something else. */
const claimKeys = (desk: Desk, wishes: readonly AnyWish[], outcomes: readonly AnyOutcome[]): Promise<AnyOutcome[]> =>
  Promise.all(
    wishes.map(async ({ context: { tenantId, commandKey: key, fingerprint } }, n): Promise<AnyOutcome> => {
      const outcome = outcomes[n] as AnyOutcome;
      if (outcome.kind !== 'accepted' || outcome.replayed || outcome.events.length === 0) return outcome;
      return (await desk.ledger.claim({ tenantId, key, fingerprint })) ? outcome : { kind: 'key-reused' };
    }),
  );

const allAccepted = (outcomes: readonly AnyOutcome[]): boolean => outcomes.every(({ kind }) => kind === 'accepted');

/** Appends drafts all together; false when another process was faster on one of the streams. */
const append = async ({ store }: Desk, drafts: readonly Draft[]): Promise<boolean> => {
  const appends = drafts.map((draft) => draft.append);
  const [only] = appends;
  if (only === undefined) return true;
  const outcome = await appendSurely<AppendOutcome | AtomicallyAppended>(() =>
    appends.length === 1 ? store.append(only) : store.appendAtomically(appends),
  );
  if (outcome.kind === 'conflict') return false;
  const streams = 'streams' in outcome ? outcome.streams : [outcome];
  if (streams.some(({ repeated }) => repeated)) return false;
  for (const [n, draft] of drafts.entries()) {
    draft.appended(streams[n]?.position as number);
    await place(store, draft);
  }
  return true;
};

/** One try on streams that are ours for now; undefined when another process was faster. */
const attempt = async (desk: Desk, found: Found, wishes: readonly AnyWish[]): Promise<AnyOutcome[] | undefined> => {
  await Promise.all([...found.values()].map((stream) => refresh(desk.store, stream)));
  const drafts = draftAll(wishes, found);
  let outcomes = await answerAll(desk.store, wishes, drafts);
  if (allAccepted(outcomes)) outcomes = await claimKeys(desk, wishes, outcomes);
  if (!allAccepted(outcomes)) return allOrNone(outcomes);
  const written = drafts.values().filter(({ events }) => events.length > 0);
  if (!(await append(desk, [...written]))) return undefined;
  return answerAll(desk.store, wishes, drafts);
};

const carryOut = async (desk: Desk, found: Found, wishes: readonly AnyWish[]): Promise<AnyOutcome[]> => {
  let appended = false;
  for (let n = 0; n < MOST_ATTEMPTS; n += 1) {
    await pauseBefore(n);
    try {
      const outcomes = await attempt(desk, found, wishes);
      appended = outcomes !== undefined && allAccepted(outcomes);
      if (outcomes !== undefined) return outcomes;
    } finally {
      // What was decided but not appended must not stay in the states.
      if (!appended) for (const stream of found.values()) stream.reset();
    }
  }
  throw new Contended([...found.keys()].join(' and '), MOST_ATTEMPTS);
};

/**
 * All wishes or none, over all their streams. Throws `NotSupported` when there are several streams and the store
 * cannot append to several at once.
 */
export const executeAtomically = (
  desk: Desk,
  turns: Turns,
  streams: Streams,
  wishes: readonly AnyWish[],
): Promise<AnyOutcome[]> => {
  const found = streamsOf(wishes, ({ kind, streamId }) => streams.get(kind, streamId));
  if (found.size > 1 && !desk.store.capabilities.atomicAcrossStreams)
    throw new NotSupported('this event store cannot append to several streams at once');
  // Always in the same order, so that two of these cannot wait for each other.
  const ids = [...found.keys()].sort();
  const held = new Map<string, AnyStream>();
  const holdFrom = (n: number): Promise<AnyOutcome[]> => {
    const id = ids[n];
    if (id === undefined) return carryOut(desk, held, wishes);
    // Looked up late: while we waited for the others, the stream may have been dropped and made anew.
    const wish = wishes.find(({ streamId }) => streamId === id) as AnyWish;
    const stream = streams.get(wish.kind, id);
    held.set(id, stream);
    return turns.exclusively(stream, () => holdFrom(n + 1));
  };
  return holdFrom(0);
};
