import { type ExpectedRevision, type NewEvent, type StreamAppend, TooLarge } from '../port.ts';

/** The most that data and metadata of one event may weigh together. */
export const MAX_EVENT_BYTES = 1024 * 1024;

export interface SerialisedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly meta: string;
}

/** An append as it goes to the database. */
export interface SerialisedAppend {
  readonly streamId: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly SerialisedEvent[];
  readonly bytes: number;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const serialiseEvent = ({ id, type, data, meta }: NewEvent): SerialisedEvent => {
  if (!UUID.test(id)) throw new RangeError(`not a UUID: ${id}`);
  return { id: id.toLowerCase(), type, data: JSON.stringify(data), meta: JSON.stringify(meta) };
};

const weigh = ({ type, data, meta }: SerialisedEvent): number => {
  const bytes = Buffer.byteLength(data) + Buffer.byteLength(meta);
  if (bytes > MAX_EVENT_BYTES) throw new TooLarge(`an event ${type} of ${bytes} bytes, at most ${MAX_EVENT_BYTES}`);
  return bytes;
};

/** Throws `TooLarge` for an event over the limit, and RangeError for what is a mistake of the caller. */
export const serialiseAppend = ({ streamId, expected, events }: StreamAppend): SerialisedAppend => {
  if (events.length === 0) throw new RangeError(`an append without events to ${streamId}`);
  if (expected !== 'any' && !(Number.isSafeInteger(expected) && expected >= -1)) {
    throw new RangeError(`not a revision: ${expected}`);
  }
  const serialised = events.map(serialiseEvent);
  return { streamId, expected, events: serialised, bytes: serialised.reduce((sum, event) => sum + weigh(event), 0) };
};
