import { type JSONEventData, jsonEvent } from '@eventstore/db-client';
import { type NewEvent, TooLarge } from '../port.ts';
import type { StoredMeta } from './recorded-event.ts';

/** What a server takes in one append, in bytes. */
export const MAX_APPEND_BYTES = 1024 * 1024;

/** An event ready to be appended, and what it counts against the limit. */
export interface Proposed {
  readonly event: JSONEventData;
  readonly bytes: number;
}

/** The events with the mark of this append call. Throws `TooLarge` when a single one is over the limit. */
export const propose = (events: readonly NewEvent[], appendedBy: string): Proposed[] =>
  events.map(({ id, type, data, meta }) => {
    const metadata: StoredMeta = { ...meta, appendedBy };
    // As the server reckons it: a letter of the type is two bytes.
    const bytes = jsonBytes(data) + jsonBytes(metadata) + type.length * 2;
    if (bytes > MAX_APPEND_BYTES) throw new TooLarge(`event ${id} (${type}) has ${bytes} bytes of ${MAX_APPEND_BYTES}`);
    return { event: jsonEvent({ id, type, data, metadata }), bytes };
  });

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** As many of the events as one append takes, from the n-th on. */
export const chunkFrom = (proposed: readonly Proposed[], first: number): readonly Proposed[] => {
  let bytes = 0;
  let end = first;
  for (; end < proposed.length; end += 1) {
    bytes += proposed[end]?.bytes ?? 0;
    if (bytes > MAX_APPEND_BYTES) break;
  }
  return proposed.slice(first, end);
};
