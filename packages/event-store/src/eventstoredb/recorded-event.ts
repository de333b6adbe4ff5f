import type { RecordedEvent } from '@eventstore/db-client';
import type { EventMeta, JsonObject, StoredEvent } from '../port.ts';

/** What is kept as the metadata of an event: its own, and the mark of the append call that wrote it. */
export interface StoredMeta extends EventMeta {
  readonly appendedBy: string;
}

/** An event of ours as the log holds it, and who appended it. */
export interface ReadEvent {
  readonly event: StoredEvent;
  readonly appendedBy: string;
}

/** A position or revision as a number. Throws beyond 2^53: eight pebibytes of log. */
export const toNumber = (value: bigint): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is beyond what a number holds`);
  return number;
};

/** Position of an event. Throws for servers before 22.6, which do not tell it of the events of a stream. */
export const positionOf = (recorded: RecordedEvent): number => {
  if (recorded.position === undefined || recorded.position.commit >= 2n ** 63n) {
    throw new Error('this server does not tell the positions of events: EventStoreDB 23.10 or newer is needed');
  }
  return toNumber(recorded.position.commit);
};

/**
 * The event as the port has it, or undefined when it is none of ours: the server's own events (their names begin with
 * `$`), and what others keep in the same database, told by the metadata that every event of ours carries.
 */
export const toReadEvent = (recorded: RecordedEvent): ReadEvent | undefined => {
  const { type, streamId } = recorded;
  if (type.startsWith('$') || streamId.startsWith('$') || !recorded.isJson) return undefined;
  const stored = recorded.metadata as Partial<StoredMeta> | undefined;
  if (typeof stored?.tenantId !== 'string') return undefined;
  const { appendedBy = '', ...meta } = stored as StoredMeta;
  const event: StoredEvent = {
    id: recorded.id,
    type,
    data: recorded.data as JsonObject,
    meta,
    position: positionOf(recorded),
    streamId,
    revision: toNumber(recorded.revision),
    recordedAt: recorded.created.toISOString(),
  };
  return { event, appendedBy };
};
