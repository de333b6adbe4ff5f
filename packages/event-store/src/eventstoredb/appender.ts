import { randomUUID } from 'node:crypto';
import type { AppendOutcome, Conflict, NewEvent, StreamAppend } from '../port.ts';
import { type AppendCall, appendOnce } from './append.ts';
import type { Connection } from './connection.ts';
import { createKnownIds, type KnownIds, type StreamMemory } from './known-ids.ts';
import { chunkFrom, type Proposed, propose } from './proposed-events.ts';
import { readStreamEvents } from './stream-reading.ts';

/** The events of an append, ready to go. */
interface Job {
  readonly call: AppendCall;
  readonly append: StreamAppend;
  readonly ids: readonly string[];
  readonly proposed: readonly Proposed[];
  /** Whether the events are too many for one append: then they go piece by piece, and are not atomic. */
  readonly inPieces: boolean;
}

const isTooMuch = (proposed: readonly Proposed[]): boolean => chunkFrom(proposed, 0).length < proposed.length;

/** Whether the events go into one append. */
export const fitsOneAppend = (events: readonly NewEvent[]): boolean => !isTooMuch(propose(events, randomUUID()));

/**
 * Appends to one stream; the time limit is in ms. Throws `RangeError` without events, and what `appendOnce` throws.
 *
 * Behind a revision the server compares event ids itself. With `any` it would remember them for a while only, so that
 * the store appends behind the revision that it knows of, and reads on in the stream when that is not the last one.
 */
export const appendToStream = async (
  connection: Connection,
  memory: StreamMemory,
  append: StreamAppend,
  timeoutMs: number,
): Promise<AppendOutcome> => {
  const { streamId, expected, events } = append;
  if (events.length === 0) throw new RangeError(`an append to ${streamId} without events`);
  const call: AppendCall = { streamId, appendedBy: randomUUID(), timeoutMs };
  const proposed = propose(events, call.appendedBy);
  const job: Job = { call, append, ids: events.map(({ id }) => id), proposed, inPieces: isTooMuch(proposed) };
  if (expected === 'any') return memory.inTurn(streamId, (known) => appendAnywhere(connection, job, known));
  if (!job.inPieces) return appendOnce(connection, call, proposed, expected);
  const outcome = await appendBehind(connection, job, createKnownIds(expected + 1));
  return outcome.kind === 'shorter' ? outcome.conflict : outcome;
};

const appendAnywhere = async (connection: Connection, job: Job, known: KnownIds): Promise<AppendOutcome> => {
  for (;;) {
    const outcome = await appendBehind(connection, job, known);
    if (outcome.kind !== 'shorter') return outcome;
    // It is another log than the one that was known.
    known.forget();
  }
};

/** The stream does not even reach to where it was known to. */
interface Shorter {
  readonly kind: 'shorter';
  readonly conflict: Conflict;
}

/**
 * Appends what is missing of the events behind the known end of the stream, and goes on learning about it until that
 * is its end. When somebody else's events came between the pieces of a large append it is completed behind theirs: it
 * was accepted with its first piece, and half of it is worse.
 */
const appendBehind = async (connection: Connection, job: Job, known: KnownIds): Promise<AppendOutcome | Shorter> => {
  for (;;) {
    const there = known.countOf(job.ids);
    if (there === job.ids.length) return firstOutcome(connection, job, known);
    const refusal = refuse(job, known, there);
    if (refusal) return refusal;
    const outcome = await appendPieces(connection, job, known, there);
    if (outcome.kind !== 'conflict') return outcome;
    known.add((await readOn(connection, job, known.next)).map(({ event }) => event));
    // What stands there and is not to be seen is somebody else's.
    known.passOver(outcome.actualRevision);
  }
};

/** What the stream holds may rule the append out: other events where these should go, or a part of these only. */
const refuse = ({ append, inPieces }: Job, known: KnownIds, there: number): Conflict | undefined => {
  const occupied = there === 0 && append.expected !== 'any' && known.next > known.from;
  const inPart = there > 0 && !inPieces;
  if (!occupied && !inPart) return undefined;
  return { kind: 'conflict', streamId: append.streamId, actualRevision: known.next - 1 };
};

const appendPieces = async (
  connection: Connection,
  job: Job,
  known: KnownIds,
  there: number,
): Promise<AppendOutcome | Shorter> => {
  for (let first = there; ; ) {
    const piece = chunkFrom(job.proposed, first);
    const expected = known.next - 1;
    const outcome = await appendOnce(connection, job.call, piece, expected);
    if (outcome.kind === 'conflict')
      return outcome.actualRevision < expected ? { kind: 'shorter', conflict: outcome } : outcome;
    const ids = job.ids.slice(first, first + piece.length);
    known.add(ids.map((id, n) => ({ id, revision: expected + 1 + n })));
    first += piece.length;
    if (first === job.ids.length) return outcome;
  }
};

/** The outcome that the events had when they were appended. */
const firstOutcome = async (connection: Connection, job: Job, known: KnownIds): Promise<AppendOutcome> => {
  const revision = known.revisionOf(job.ids.at(-1) ?? '') ?? 0;
  const [last] = await readOn(connection, job, revision, 1);
  if (!last) throw new Error(`revision ${revision} of ${job.append.streamId} has gone`);
  const { position } = last.event;
  return { kind: 'appended', revision, position, repeated: last.appendedBy !== job.call.appendedBy };
};

const readOn = (
  connection: Connection,
  { call, append }: Job,
  fromRevision: number,
  maxCount?: number,
): ReturnType<typeof readStreamEvents> =>
  connection.persist(call.timeoutMs, (client) => readStreamEvents(client, append.streamId, fromRevision, maxCount));
