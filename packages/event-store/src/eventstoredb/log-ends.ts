import { type AllStreamRecordedEvent, BACKWARDS, END, type EventStoreDBClient, FORWARDS } from '@eventstore/db-client';
import { positionOf, type ReadEvent, toReadEvent } from './recorded-event.ts';
import { readThrough } from './stream-reading.ts';

/** Where a reading backwards begins: before the record at a position, or at the end of the log. */
export type From = number | typeof END;

/** Records that are read at once where one might do: system events may lie in between, or a later instant. */
const A_FEW = 32;

/** A position as the client wants it. Events of ours are their own commit, so that both halves are the same. */
export const toLogPosition = (position: number): { commit: bigint; prepare: bigint } => ({
  commit: BigInt(position),
  prepare: BigInt(position),
});

/** So many records before a place, whoever wrote them, the nearest first. */
const recordsBefore = async (
  client: EventStoreDBClient,
  from: From,
  maxCount: number,
): Promise<AllStreamRecordedEvent[]> => {
  const fromPosition = from === END ? END : toLogPosition(from);
  const records: AllStreamRecordedEvent[] = [];
  await readThrough(client.readAll({ direction: BACKWARDS, fromPosition, maxCount }), ({ event }) => {
    if (event) records.push(event);
    return true;
  });
  return records;
};

/** The last event of ours before a place; the server's own events in between are passed over. */
export const lastEventBefore = async (client: EventStoreDBClient, from: From): Promise<ReadEvent | undefined> => {
  let place = from;
  for (let count = 1; ; count = A_FEW) {
    const records = await recordsBefore(client, place, count);
    for (const record of records) {
      const read = toReadEvent(record);
      if (read) return read;
    }
    const oldest = records.at(-1);
    if (!oldest || records.length < count) return undefined;
    place = positionOf(oldest);
  }
};

/** The latest instant at which one of the last few records before a place was made, RFC 3339; empty without any. */
export const latestInstantBefore = async (client: EventStoreDBClient, from: From): Promise<string> => {
  const records = await recordsBefore(client, from, A_FEW);
  return records.reduce((latest, { created }) => later(latest, created.toISOString()), '');
};

/** The later of two instants of one form. */
export const later = (a: string, b: string): string => [a, b].sort().at(-1) ?? a;

/** The record at a position, whoever wrote it; undefined behind the end. Throws when no record begins there. */
export const recordAt = async (
  client: EventStoreDBClient,
  position: number,
): Promise<AllStreamRecordedEvent | undefined> => {
  let record: AllStreamRecordedEvent | undefined;
  const read = client.readAll({ direction: FORWARDS, fromPosition: toLogPosition(position), maxCount: 1 });
  await readThrough(read, ({ event }) => {
    record = event;
    return true;
  });
  return record;
};
