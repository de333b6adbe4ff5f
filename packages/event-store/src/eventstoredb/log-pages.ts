import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Page, StoredEvent } from '../port.ts';
import { serverFilter, type Wanted, wants } from './log-filter.ts';
import { type Pull, subscribeToLog } from './log-subscription.ts';
import { positionOf, toReadEvent } from './recorded-event.ts';
import type { SteadyClock } from './steady-clock.ts';
import { SILENCE_MS } from './stream-reading.ts';

/** What is read of the log, on one connection. */
export interface Reading {
  readonly client: EventStoreDBClient;
  readonly after: number;
  readonly wanted: Wanted;
  readonly pageSize: number;
  readonly clock: SteadyClock;
  readonly abort: AbortSignal;
}

/**
 * The log behind a position up to an end that exists, filtered by the server. The last page reaches the end, if need
 * be without events. Reads of the log take no filter; a subscription does, and is over when it has reached the end.
 */
export async function* pagesUpTo(reading: Reading, end: number): AsyncGenerator<Page> {
  const { client, after, wanted, pageSize, abort } = reading;
  const subscription = subscribeToLog(client, after, (checkpoint) => serverFilter(wanted, checkpoint), abort);
  try {
    for (let reached = false; !reached; ) {
      const pull = await subscription.pull(pageSize, SILENCE_MS);
      const { events, last } = gather(reading, pull, end);
      reached = pull.caughtUp || (pull.consideredBefore ?? 0) > end || last >= end;
      if (reached) yield { events, upTo: end };
      else if (events.length > 0) yield { events, upTo: last };
    }
  } finally {
    subscription.end();
  }
}

/**
 * The log behind a position, for ever. Of live events it passes over itself what is not wanted, since it has to know
 * of every event in order to move on: the server's checkpoints come late, and may lie beyond the last event.
 */
export async function* livePages(reading: Reading): AsyncGenerator<Page> {
  const { client, after, pageSize, abort } = reading;
  const subscription = subscribeToLog(client, after, (checkpoint) => serverFilter({}, checkpoint), abort);
  try {
    for (;;) {
      const pull = await subscription.pull(pageSize);
      if (pull.events.length === 0) continue;
      const { events, last } = gather(reading, pull, Number.POSITIVE_INFINITY);
      yield { events, upTo: last };
    }
  } finally {
    subscription.end();
  }
}

const gather = (reading: Reading, pull: Pull, end: number): { events: StoredEvent[]; last: number } => {
  const isWanted = wants(reading.wanted);
  const events: StoredEvent[] = [];
  let last = 0;
  for (const record of pull.events) {
    last = positionOf(record);
    if (last > end) break;
    const read = toReadEvent(record);
    // The clock hears of every event, so that what a filter passes over steadies the others just the same.
    const event = read && reading.clock(read.event);
    if (event && isWanted(event)) events.push(event);
  }
  return { events, last };
};
