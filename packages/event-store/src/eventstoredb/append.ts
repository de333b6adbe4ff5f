import {
  type AppendExpectedRevision,
  type EventStoreDBClient,
  MaxAppendSizeExceededError,
  NO_STREAM,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { type Appended, type Conflict, TooLarge, Unavailable, UnknownOutcome } from '../port.ts';
import type { Connection } from './connection.ts';
import { mayPass, NoAnswer, wasNeverSent } from './failures.ts';
import { pause, pauseBefore, within } from './patience.ts';
import type { Proposed } from './proposed-events.ts';
import { toNumber } from './recorded-event.ts';
import { readStreamEvents } from './stream-reading.ts';

/** What is common to all that is sent for one append. */
export interface AppendCall {
  readonly streamId: string;
  /** The mark that its events carry. */
  readonly appendedBy: string;
  /** How long one piece of it may take, in ms. */
  readonly timeoutMs: number;
}

/**
 * Appends what fits one append, behind the revision expected (-1: no stream yet). The server compares event ids at
 * that place: a repetition succeeds without effect. What cannot have been sent is tried again until the time is up
 * (`Unavailable`); of what may have been, the outcome is unknown: whether to repeat it is the caller's to decide.
 */
export const appendOnce = async (
  connection: Connection,
  call: AppendCall,
  events: readonly Proposed[],
  expected: number,
): Promise<Appended | Conflict> => {
  const giveUp = Date.now() + call.timeoutMs;
  for (let tries = 0; ; tries += 1) {
    let client: EventStoreDBClient | undefined;
    try {
      client = await connection.client();
      const revision = await send(client, call, events, expected, giveUp);
      return await confirm(connection, call, revision, giveUp);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return conflict(call.streamId, error.actualVersion);
      connection.failed(client, error);
      if (!wasNeverSent(error)) throw faultOf(call, error);
      // A try with hardly any time left would end with an unknown outcome, where this one is known.
      if (Date.now() + pauseBefore(tries) > giveUp - call.timeoutMs / 4)
        throw new Unavailable('EventStoreDB cannot be reached', { cause: error });
      await pause(pauseBefore(tries), connection.closed);
    }
  }
};

/** The fault that a failed append amounts to, once it may have reached the server. */
const faultOf = (call: AppendCall, error: unknown): unknown => {
  if (error instanceof MaxAppendSizeExceededError)
    return new TooLarge(`the server takes ${error.maxAppendSize} bytes in one append`, { cause: error });
  return mayPass(error) ? unknown(call, error) : error;
};

const unknown = (call: AppendCall, cause: unknown): UnknownOutcome =>
  new UnknownOutcome(`EventStoreDB may or may not have taken the append to ${call.streamId}`, { cause });

const conflict = (streamId: string, actual: bigint | AppendExpectedRevision): Conflict => ({
  kind: 'conflict',
  streamId,
  actualRevision: typeof actual === 'bigint' ? toNumber(actual) : -1,
});

const timeLeft = (giveUp: number): number => Math.max(1, giveUp - Date.now());

/** Gives the revision of the last event. The time limit is ours: looking for a cluster's leader knows none. */
const send = async (
  client: EventStoreDBClient,
  call: AppendCall,
  events: readonly Proposed[],
  expected: number,
  giveUp: number,
): Promise<number> => {
  const left = timeLeft(giveUp);
  const append = client.appendToStream(
    call.streamId,
    events.map(({ event }) => event),
    { expectedRevision: expected < 0 ? NO_STREAM : BigInt(expected), deadline: left },
  );
  const { nextExpectedRevision } = await within(left, append);
  return toNumber(nextExpectedRevision);
};

/**
 * Tells an append from its repetition, which the server answers alike: the stored event carries the mark of the call
 * that wrote it. One more read for every append; a caller that took another's events for its own would be wrong.
 */
const confirm = async (
  connection: Connection,
  call: AppendCall,
  revision: number,
  giveUp: number,
): Promise<Appended> => {
  try {
    for (let tries = 0; ; tries += 1) {
      const read = connection.persist(timeLeft(giveUp), (client) =>
        readStreamEvents(client, call.streamId, revision, 1),
      );
      const [last] = await within(timeLeft(giveUp), read);
      if (last) {
        const { position } = last.event;
        return { kind: 'appended', revision, position, repeated: last.appendedBy !== call.appendedBy };
      }
      // A node that follows the leader may be behind it.
      if (Date.now() >= giveUp) throw new NoAnswer(`revision ${revision} is not to be seen`);
      await pause(pauseBefore(tries), connection.closed);
    }
  } catch (error) {
    throw unknown(call, error);
  }
};
