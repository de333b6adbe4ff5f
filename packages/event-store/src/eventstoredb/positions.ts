import { type AllStreamRecordedEvent, END, type EventStoreDBClient, FORWARDS, START } from '@eventstore/db-client';
import { isInvalidPosition } from './failures.ts';
import { createLandmarks } from './landmarks.ts';
import { lastEventBefore, later, latestInstantBefore, recordAt, toLogPosition } from './log-ends.ts';
import { positionOf, type ReadEvent, toReadEvent } from './recorded-event.ts';
import { readThrough } from './stream-reading.ts';

/** What is known of places in the log. One try each: failures are thrown. */
export interface Positions {
  /** Position of the newest event, 0 for an empty log. */
  head(client: EventStoreDBClient): Promise<number>;
  /** The position itself when a record begins there, else that of the event before: reads can go on behind it. */
  resumable(client: EventStoreDBClient, position: number, head: number): Promise<number>;
  /**
   * Position of the last event recorded at or before an instant (ms since the epoch), 0 when there is none. It reads
   * a few hundred records; the first search also gathers the landmarks.
   */
  at(client: EventStoreDBClient, instantMs: number): Promise<number>;
  /** When the event at or before a position was recorded. */
  recordedAt(client: EventStoreDBClient, position: number): Promise<string | undefined>;
}

export const createPositions = (closed: AbortSignal): Positions => {
  const landmarks = createLandmarks(closed);

  const headOf = async (client: EventStoreDBClient): Promise<number> =>
    (await lastEventBefore(client, END))?.event.position ?? 0;

  /** The event at or before a position at which no record begins. */
  const eventBefore = async (
    client: EventStoreDBClient,
    position: number,
    head: number,
  ): Promise<ReadEvent | undefined> => {
    const from = await landmarks.before(client, position, head);
    return lastUntil(client, from, (found) => found > position);
  };

  const eventAtOrBefore = async (client: EventStoreDBClient, position: number): Promise<ReadEvent | undefined> => {
    const record = await recordAtAnyPlace(client, position);
    if (record === 'none') return eventBefore(client, position, await headOf(client));
    if (!record) return lastEventBefore(client, END);
    const read = positionOf(record) === position ? toReadEvent(record) : undefined;
    return read ?? lastEventBefore(client, position);
  };

  return {
    head: headOf,
    resumable: async (client, position, head) => {
      if (position === 0 || position >= head) return Math.min(position, head);
      if ((await recordAtAnyPlace(client, position)) !== 'none') return position;
      return (await eventBefore(client, position, head))?.event.position ?? 0;
    },
    at: async (client, instantMs) => {
      const [head, latest] = await Promise.all([headOf(client), latestInstantBefore(client, END)]);
      if (head === 0 || Date.parse(latest) <= instantMs) return head;
      const from = await landmarks.madeBy(client, instantMs, head);
      return (await lastUntil(client, from, (_, madeMs) => madeMs > instantMs))?.event.position ?? 0;
    },
    recordedAt: async (client, position) => {
      const found = await eventAtOrBefore(client, position);
      if (!found) return undefined;
      return later(await latestInstantBefore(client, found.event.position), found.event.recordedAt);
    },
  };
};

/** The record at a position, undefined behind the end, `none` when no record begins there. */
const recordAtAnyPlace = async (
  client: EventStoreDBClient,
  position: number,
): Promise<AllStreamRecordedEvent | undefined | 'none'> => {
  try {
    return await recordAt(client, position);
  } catch (error) {
    if (isInvalidPosition(error)) return 'none';
    throw error;
  }
};

/** The last event of ours before the first record that is too late, read on from an earlier place. */
const lastUntil = async (
  client: EventStoreDBClient,
  from: number,
  tooLate: (position: number, madeMs: number) => boolean,
): Promise<ReadEvent | undefined> => {
  let last: ReadEvent | undefined;
  const fromPosition = from === 0 ? START : toLogPosition(from);
  await readThrough(client.readAll({ direction: FORWARDS, fromPosition }), ({ event }) => {
    if (!event || tooLate(positionOf(event), event.created.getTime())) return false;
    last = toReadEvent(event) ?? last;
    return true;
  });
  return last ?? (from === 0 ? undefined : lastEventBefore(client, from));
};
