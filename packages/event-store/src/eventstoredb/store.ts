import {
  type AppendOutcome,
  type AtomicallyAppended,
  type Conflict,
  type EventStore,
  NotSupported,
  type StreamAppend,
  Unavailable,
} from '../port.ts';
import { appendToStream, fitsOneAppend } from './appender.ts';
import { answers, type Connection, openConnection } from './connection.ts';
import { followLog } from './follow-log.ts';
import { createStreamMemory } from './known-ids.ts';
import { createPositions } from './positions.ts';
import { readLog } from './read-log.ts';
import { createSteadyClock } from './steady-clock.ts';
import { readStreamEvents } from './stream-reading.ts';

export interface EventStoreDbOptions {
  /** As EventStoreDB documents it: `esdb://user:password@host:2113?tls=true`, or with several hosts, or `esdb+discover://`. */
  readonly connectionString: string;
  /** How long an append may take before its outcome counts as unknown, in ms; 10,000 when absent. */
  readonly appendTimeoutMs?: number;
  /** How long a read tries to reach the store before it fails with `Unavailable`, in ms; 10,000 when absent. */
  readonly readTimeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/**
 * The event store on EventStoreDB 23.10 or newer, through its official client. It connects with the first call, so
 * that it can be opened before the server is up. Rejects when the connection string makes no sense.
 */
export const createEventStoreDbEventStore = async (options: EventStoreDbOptions): Promise<EventStore> => {
  const connection = openConnection(options.connectionString);
  const positions = createPositions(connection.closed);
  const readTimeoutMs = options.readTimeoutMs ?? TIMEOUT_MS;
  const writing = createWriting(connection, options.appendTimeoutMs ?? TIMEOUT_MS);

  return {
    capabilities: { atomicAcrossStreams: false, consecutivePositions: false },
    append: writing.append,
    appendAtomically: writing.appendAtomically,
    readStream: async (streamId, fromRevision = 0) => {
      const read = await connection.persist(readTimeoutMs, (client) =>
        readStreamEvents(client, streamId, fromRevision),
      );
      const steady = createSteadyClock();
      return read.map(({ event }) => steady(event));
    },
    readAll: (range) => readLog(connection, positions, range, readTimeoutMs),
    subscribe: (subscription) => followLog(connection, positions, subscription),
    head: () => connection.persist(readTimeoutMs, positions.head),
    positionAt: async (instant) => {
      const instantMs = Date.parse(instant);
      if (Number.isNaN(instantMs)) throw new RangeError(`not an instant: ${instant}`);
      return connection.persist(readTimeoutMs, (client) => positions.at(client, instantMs));
    },
    recordedAt: (position) => connection.persist(readTimeoutMs, (client) => positions.recordedAt(client, position)),
    ping: () => connection.client().then(answers, () => false),
    close: async () => {
      await writing.finish();
      connection.close();
    },
  };
};

interface Writing {
  append(append: StreamAppend): Promise<AppendOutcome>;
  appendAtomically(appends: readonly StreamAppend[]): Promise<AtomicallyAppended | Conflict>;
  /** Takes no more appends, and waits for those under way. */
  finish(): Promise<void>;
}

const createWriting = (connection: Connection, timeoutMs: number): Writing => {
  const memory = createStreamMemory();
  const underWay = new Set<Promise<unknown>>();
  let finished = false;

  const append = async (wish: StreamAppend): Promise<AppendOutcome> => {
    if (finished) throw new Unavailable('the event store is closed');
    const appending = appendToStream(connection, memory, wish, timeoutMs);
    underWay.add(appending);
    try {
      return await appending;
    } finally {
      underWay.delete(appending);
    }
  };

  return {
    append,
    appendAtomically: async (appends) => {
      const [only] = appends;
      if (!only || appends.length > 1) throw new NotSupported('EventStoreDB appends to one stream at a time');
      if (!fitsOneAppend(only.events)) throw new NotSupported('EventStoreDB takes at most 1 MiB at once');
      const outcome = await append(only);
      return outcome.kind === 'conflict' ? outcome : { kind: 'appended', streams: [outcome] };
    },
    finish: async () => {
      finished = true;
      await Promise.allSettled(underWay);
    },
  };
};
