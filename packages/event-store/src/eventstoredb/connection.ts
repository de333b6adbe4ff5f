import { END, type EventStoreDBClient } from '@eventstore/db-client';
import { Unavailable } from '../port.ts';
import { type OpenedClient, openClient } from './client.ts';
import { connectionAfter, mayPass } from './failures.ts';
import { lastEventBefore } from './log-ends.ts';
import { pause, pauseBefore, within } from './patience.ts';

/** The one client of a store, and its replacement when the connection broke. */
export interface Connection {
  /** Aborts when the store is closed. */
  readonly closed: AbortSignal;
  /** The client in use. Throws `Unavailable` when the store is closed. */
  client(): EventStoreDBClient;
  /**
   * Says that a call failed. When the connection is to blame the client is given up, with all calls on it: the next
   * one asks for a fresh client. An old one would remember a failed discovery for ever. When that is in doubt, the
   * client is given up if it does not answer a simple question either.
   */
  failed(client: EventStoreDBClient, error: unknown): void;
  /**
   * Mends what can be mended after the n-th failure of a read, and waits a while. Throws the failure itself when it
   * will not pass, and `Unavailable` when the time is up (ms since the epoch).
   */
  recover(client: EventStoreDBClient, error: unknown, tries: number, until: number): Promise<void>;
  /** Runs a read, and again while its failures may pass, for so many ms. Throws what `recover` throws. */
  persist<T>(patienceMs: number, read: (client: EventStoreDBClient) => Promise<T>): Promise<T>;
  close(): void;
}

/** How long a server may take to answer the simplest question, in ms. */
const ANSWER_MS = 2_000;

/** Whether the server answers now. */
export const answers = (client: EventStoreDBClient): Promise<boolean> =>
  within(ANSWER_MS, lastEventBefore(client, END)).then(
    () => true,
    () => false,
  );

export const openConnection = (connectionString: string): Connection => {
  const closing = new AbortController();
  const closed = closing.signal;
  let current: OpenedClient = openClient(connectionString);

  const client = (): EventStoreDBClient => {
    if (closed.aborted) throw new Unavailable('the event store is closed');
    return current.client;
  };
  const giveUp = (broken: EventStoreDBClient): void => {
    if (broken !== current.client || closed.aborted) return;
    current.close();
    current = openClient(connectionString);
  };
  const failed = (used: EventStoreDBClient, error: unknown): void => {
    const state = connectionAfter(error);
    if (state === 'broken') giveUp(used);
    if (state === 'doubtful') void answers(used).then((alive) => alive || giveUp(used));
  };
  const recover: Connection['recover'] = async (used, error, tries, until) => {
    if (closed.aborted) throw new Unavailable('the event store was closed', { cause: error });
    if (!mayPass(error)) throw error;
    failed(used, error);
    if (Date.now() >= until) throw new Unavailable('EventStoreDB cannot be reached', { cause: error });
    await pause(pauseBefore(tries), closed);
  };

  return {
    closed,
    client,
    failed,
    recover,
    persist: async (patienceMs, read) => {
      const until = Date.now() + patienceMs;
      for (let tries = 0; ; tries += 1) {
        const used = client();
        try {
          return await read(used);
        } catch (error) {
          await recover(used, error, tries, until);
        }
      }
    },
    close: () => {
      closing.abort();
      current.close();
    },
  };
};
