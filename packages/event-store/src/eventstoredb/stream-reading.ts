import {
  type EventStoreDBClient,
  type ResolvedEvent,
  START,
  type StreamingRead,
  StreamNotFoundError,
} from '@eventstore/db-client';
import { NoAnswer } from './failures.ts';
import { type ReadEvent, toReadEvent } from './recorded-event.ts';

/** How long a read may stay silent before it is given up, in ms. */
export const SILENCE_MS = 10_000;

/** Ends a read for good, however far it has come. What it still has to say is of no interest. */
export const abandon = (read: { cancel(): Promise<void>; destroy(): unknown }): void => {
  read.cancel().catch(() => undefined);
  read.destroy();
};

/** What a read gives, until it ends or says nothing for too long (`NoAnswer`). The call is cancelled in any case. */
export async function* untilSilent<T>(read: StreamingRead<T>): AsyncGenerator<T> {
  const silence = setTimeout(() => read.destroy(new NoAnswer(`no answer within ${SILENCE_MS} ms`)), SILENCE_MS);
  // A failure may come when nobody iterates any more, and must not take the process down.
  read.on('error', () => clearTimeout(silence));
  try {
    for await (const item of read) {
      silence.refresh();
      yield item;
    }
  } finally {
    clearTimeout(silence);
    if (!read.readableEnded) abandon(read);
  }
}

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
    for await (const { event } of untilSilent<ResolvedEvent>(
      client.readStream(streamId, { fromRevision: from, maxCount }),
    )) {
      const read = event && toReadEvent(event);
      if (read) events.push(read);
    }
  } catch (error) {
    if (error instanceof StreamNotFoundError) return [];
    throw error;
  }
  return events;
};
