import { EventStoreDBClient } from '@eventstore/db-client';

/** A client of the official kind, with its loose ends tied up. */
export interface OpenedClient {
  readonly client: EventStoreDBClient;
  /** Closes its connections; what is still under way on them fails. */
  close(): void;
}

interface Channel {
  close(): void;
}

/**
 * Members that the client's types hide. The version is pinned, and `traps.test.ts` notices when one of them goes.
 */
interface Hidden {
  createChannel: () => Promise<Channel>;
  supports: () => Promise<boolean>;
}

let opened = 0;

/**
 * The connection string with a keep-alive time-out (ms) of this client's own. Channels with the same options share
 * their connection, and the pause after a failure, which grows to two minutes: a fresh client would have to sit it out.
 */
const withOwnConnection = (connectionString: string): string => {
  opened = (opened + 1) % 1_000;
  const wished = /([?&]keep[_-]?alive[_-]?timeout=)(-?\d+)/i;
  const [, , ms] = wished.exec(connectionString) ?? [];
  // A wish for none at all cannot be varied.
  if (ms?.startsWith('-')) return connectionString;
  if (ms !== undefined) return connectionString.replace(wished, `$1${Number(ms) + opened}`);
  return `${connectionString}${connectionString.includes('?') ? '&' : '?'}keepAliveTimeout=${10_000 + opened}`;
};

/**
 * Opens a client on a connection string; it connects with its first call. Throws when the string makes no sense.
 *
 * - It appends with one call an append. The batch append that it would choose keeps the pending appends of all clients
 *   of the process in one table: when one connection breaks, those of the others are rejected too, an answer that
 *   comes later kills the process (an exception in an event handler), and so do more than 16 appends that wait on a
 *   broken connection (a rejection that nobody handles). Its appends know no deadline either.
 * - It never closes a channel, and `dispose()` hangs on a stream that somebody has not read to its end.
 */
export const openClient = (connectionString: string): OpenedClient => {
  if (/[?&]throwonappendfailure=false/.test(connectionString.toLowerCase().replaceAll(/[_-]/g, ''))) {
    throw new Error('throwOnAppendFailure=false makes the client report wrong revisions: leave it out');
  }
  const client = EventStoreDBClient.connectionString(withOwnConnection(connectionString));
  const hidden = client as unknown as Hidden;
  const createChannel = hidden.createChannel;
  const channels = new Set<Channel>();
  let closed = false;
  hidden.supports = () => Promise.resolve(false);
  hidden.createChannel = async () => {
    const channel = await createChannel();
    channels.add(channel);
    if (closed) channel.close();
    return channel;
  };
  return {
    client,
    close: () => {
      closed = true;
      for (const channel of channels) channel.close();
    },
  };
};
