import { END, type EventStoreDBClient } from '@eventstore/db-client';
import type { StoredEvent } from '../port.ts';
import { later, latestInstantBefore, recordAt } from './log-ends.ts';

/**
 * Gives events that are read in order the instant of an earlier one where the server's clock went back between the
 * two. The server stamps events with the clock of the machine that leads its cluster: it goes back when it is set, or
 * when a machine with a slower one takes the lead.
 */
export type SteadyClock = (event: StoredEvent) => StoredEvent;

/** A clock that begins with an instant, or anew. */
export const createSteadyClock = (latest = ''): SteadyClock => {
  let last = latest;
  return (event) => {
    if (event.recordedAt < last) return { ...event, recordedAt: last };
    last = event.recordedAt;
    return event;
  };
};

/**
 * The clock for reading the log behind a position, given its head. It knows what a reader from the beginning would, as
 * long as the server's clock did not go back for longer than the last few records tell: only a look at the whole log
 * could tell for certain.
 */
export const steadyClockBehind = async (
  client: EventStoreDBClient,
  after: number,
  head: number,
): Promise<SteadyClock> => {
  if (after === 0) return createSteadyClock();
  if (after >= head) return createSteadyClock(await latestInstantBefore(client, END));
  const [before, record] = await Promise.all([latestInstantBefore(client, after), recordAt(client, after)]);
  return createSteadyClock(later(before, record?.created.toISOString() ?? ''));
};
