import { type EventStoreDBClient, START, type StreamingRead, StreamNotFoundError } from '@eventstore/db-client';
import { NoAnswer } from './failures.ts';
import { type ReadEvent, toReadEvent } from './recorded-event.ts';

/** How long a read may stay silent before it is given up, in ms. */
export const SILENCE_MS = 10_000;

/**
 * Hands over what a read gives, one by one, until it ends or `take` has had enough (false). Rejects with what the read
 * or `take` fails with, and with `NoAnswer` when nothing is heard for too long. The call is cancelled in any case.
 */
export const readThrough = <T>(read: StreamingRead<T>, take: (item: T) => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(silence);
      read.off('data', onData);
      if (!read.readableEnded) abandon(read);
      settle();
    };
    const fail = (error: unknown): void => finish(() => reject(error));
    const onData = (item: T): void => {
      silence.refresh();
      try {
        if (!take(item)) finish(resolve);
      } catch (error) {
        fail(error);
      }
    };
    const silence = setTimeout(() => fail(new NoAnswer(`nothing heard of for ${SILENCE_MS} ms`)), SILENCE_MS);
    read.on('data', onData);
    read.on('end', () => finish(resolve));
    // Stays for good: a failure may come when nobody listens any more, and must not take the process down.
    read.on('error', fail);
  });

/** Ends a read for good, however far it has come. Without the cancellation the server would go on with it. */
const abandon = (read: { cancel(): Promise<void>; destroy(): unknown }): void => {
  read.cancel().catch(() => undefined);
  read.destroy();
};

/** The events of a stream from a revision on; none when it does not exist. One try: failures are thrown. */
export const readStreamEvents = async (
  client: EventStoreDBClient,
  streamId: string,
  fromRevision: number,
  maxCount = Number.MAX_SAFE_INTEGER,
): Promise<ReadEvent[]> => {
  const events: ReadEvent[] = [];
  const from = fromRevision === 0 ? START : BigInt(fromRevision);
  try {
    await readThrough(client.readStream(streamId, { fromRevision: from, maxCount }), ({ event }) => {
      const read = event && toReadEvent(event);
      if (read) events.push(read);
      return true;
    });
  } catch (error) {
    if (error instanceof StreamNotFoundError) return [];
    throw error;
  }
  return events;
};
