import { END, type EventStoreDBClient } from '@eventstore/db-client';
import { Unavailable } from '../port.ts';
import { type OpenedClient, openClient } from './client.ts';
import { connectionAfter, mayPass } from './failures.ts';
import { lastEventBefore } from './log-ends.ts';
import { pause, pauseBefore, within } from './patience.ts';
import { hostsOf, reach } from './reachability.ts';

/** The one client of a store, and its replacement when the connection broke. */
export interface Connection {
  /** Aborts when the store is closed. */
  readonly closed: AbortSignal;
  /** The client in use. Rejects with `Unavailable` when the store is closed, with `Unreachable` when no server is up. */
  client(): Promise<EventStoreDBClient>;
  /**
   * Says that a call failed, on a client if there was one. When the connection is to blame the client is given up, with all calls on it: the next
   * one asks for a fresh client. An old one would remember a failed discovery for ever. When that is in doubt, the
   * client is given up if it does not answer a simple question either.
   */
  failed(client: EventStoreDBClient | undefined, error: unknown): void;
  /**
   * Mends what can be mended after the n-th failure of a read, and waits a while. Throws the failure itself when it
   * will not pass, and `Unavailable` when the time is up (ms since the epoch).
   */
  recover(client: EventStoreDBClient | undefined, error: unknown, tries: number, until: number): Promise<void>;
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
  const hosts = hostsOf(connectionString);
  let current: OpenedClient = openClient(connectionString);
  let reached: Promise<void> | undefined;

  const client = async (): Promise<EventStoreDBClient> => {
    if (closed.aborted) throw new Unavailable('the event store is closed');
    reached ??= reach(hosts, ANSWER_MS);
    const asked = reached;
    try {
      await asked;
    } catch (error) {
      if (asked === reached) reached = undefined;
      throw error;
    }
    return current.client;
  };
  const giveUp = (broken: EventStoreDBClient): void => {
    if (broken !== current.client || closed.aborted) return;
    current.close();
    current = openClient(connectionString);
    reached = undefined;
  };
  const failed: Connection['failed'] = (used, error) => {
    const state = connectionAfter(error);
    if (used && state === 'broken') giveUp(used);
    if (used && state === 'doubtful') void answers(used).then((alive) => alive || giveUp(used));
  };
  const recover: Connection['recover'] = async (used, error, tries, until) => {
    if (closed.aborted) throw new Unavailable('the event store is closed', { cause: error });
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
        let used: EventStoreDBClient | undefined;
        try {
          used = await client();
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
