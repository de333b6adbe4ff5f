import type { EventStoreDBClient } from '@eventstore/db-client';
import { recordAt } from './log-ends.ts';
import { nothing } from './log-filter.ts';
import { subscribeToLog } from './log-subscription.ts';
import { toNumber } from './recorded-event.ts';
import { SILENCE_MS } from './stream-reading.ts';

/** Events between two landmarks: as many does a search read at the end. */
const EVERY = 128;

/** A place in the log at which a record begins. */
interface Landmark {
  readonly place: number;
  /** When its record was made, in ms since the epoch, once somebody asked. */
  madeMs?: number;
}

/**
 * Some places in the log, one in a hundred or so. Positions are bytes, and the server reads only from where a record
 * begins: nobody can guess such a place, so that a search needs to know some.
 *
 * They are gathered when they are asked for first, and extended from then on. The server passes over the log for them
 * (some 100,000 events a second) and tells how far it is; no event travels. A hundred bytes are kept for each.
 */
export interface Landmarks {
  /** The last place at or before a position, in a log with this head; 0 when there is none. */
  before(client: EventStoreDBClient, position: number, head: number): Promise<number>;
  /** The last place whose record was made at or before an instant (ms since the epoch); 0 when there is none. */
  madeBy(client: EventStoreDBClient, instantMs: number, head: number): Promise<number>;
}

export const createLandmarks = (closed: AbortSignal): Landmarks => {
  const known: Landmark[] = [];
  let gatheredTo = 0;
  let gathering: Promise<unknown> = Promise.resolve();

  const gather = async (client: EventStoreDBClient, head: number): Promise<void> => {
    if (head <= gatheredTo) return;
    const last = known.at(-1)?.place ?? 0;
    for (const place of await placesBehind(client, last, head, closed)) known.push({ place });
    gatheredTo = head;
  };
  const upToDate = async (client: EventStoreDBClient, head: number): Promise<readonly Landmark[]> => {
    const turn = gathering.then(() => gather(client, head));
    gathering = turn.catch(() => undefined);
    await turn;
    return known;
  };

  return {
    before: async (client, position, head) => {
      const landmarks = await upToDate(client, head);
      return landmarks.findLast(({ place }) => place <= position)?.place ?? 0;
    },
    madeBy: async (client, instantMs, head) => {
      const landmarks = await upToDate(client, head);
      let low = 0;
      let high = landmarks.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((await madeMs(client, landmarks[middle] as Landmark)) <= instantMs) low = middle + 1;
        else high = middle;
      }
      return landmarks[low - 1]?.place ?? 0;
    },
  };
};

const madeMs = async (client: EventStoreDBClient, landmark: Landmark): Promise<number> => {
  landmark.madeMs ??= (await recordAt(client, landmark.place))?.created.getTime() ?? Number.POSITIVE_INFINITY;
  return landmark.madeMs;
};

/** Places between one and the head of the log, in order. */
const placesBehind = async (
  client: EventStoreDBClient,
  last: number,
  head: number,
  closed: AbortSignal,
): Promise<number[]> => {
  const places: number[] = [];
  const subscription = subscribeToLog(
    client,
    last,
    (checkpoint) =>
      nothing(EVERY, (of, position) => {
        places.push(toNumber(position.commit));
        return checkpoint(of, position);
      }),
    closed,
  );
  try {
    while ((places.at(-1) ?? 0) < head && !(await subscription.pull(1, SILENCE_MS)).caughtUp);
  } finally {
    subscription.end();
  }
  // Behind the head there may be a place at which no record begins yet.
  return places.filter((place, n) => place > (places[n - 1] ?? last) && place <= head);
};
