import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientConfig } from './pool.ts';

export type ListenOptions = {
  /** Hears why the connection was lost or could not be made; it is tried again either way. */
  readonly onLoss?: (error: Error) => void;
  /** How often a silent connection is asked whether it lives, and how long it may take to answer; 15,000 unless told. */
  readonly heartbeatMs?: number;
};

export type Listener = {
  /** Settles when the channel is listened to for the first time, or the listener was closed before. */
  readonly ready: Promise<void>;
  /** Ends the connection; no call of `onNotify` comes afterwards. */
  close(): Promise<void>;
};

const SHORTEST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5_000;

/** Half of it random, so that many processes do not come back at the same moment. */
const waitAfter = (failures: number): number => {
  const full = Math.min(SHORTEST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
  return full / 2 + (Math.random() * full) / 2;
};

/** Not to wait for ever for the goodbye of a server that is gone. */
const end = (client: pg.Client): Promise<unknown> =>
  Promise.race([client.end().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);

const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)));

type Session = {
  readonly client: pg.Client;
  readonly channel: string;
  readonly heartbeatMs: number;
  readonly onListening: () => void;
};

/** Listens until the connection is lost, and gives the reason. The heartbeat finds the losses that nobody tells. */
const untilLost = async ({ client, channel, heartbeatMs, onListening }: Session): Promise<Error> => {
  const lost = Promise.withResolvers<Error>();
  client.on('error', lost.resolve);
  client.on('end', () => lost.resolve(new Error('Connection terminated')));
  let heartbeat: NodeJS.Timeout | undefined;
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    onListening();
    heartbeat = setInterval(() => client.query('select').catch(lost.resolve), heartbeatMs);
    return await lost.promise;
  } catch (error) {
    return asError(error);
  } finally {
    clearInterval(heartbeat);
    await end(client);
  }
};

/**
 * Listens to a channel on a connection of its own, and comes back by itself, with growing pauses of at most 5 s, when
 * that is lost. `onNotify` is called with each payload, and with `undefined` whenever listening began (anew): something
 * may have been missed, so look.
 */
export const listen = (
  connectionString: string,
  channel: string,
  onNotify: (payload: string | undefined) => void,
  { onLoss, heartbeatMs = 15_000 }: ListenOptions = {},
): Listener => {
  const closing = new AbortController();
  const ready = Promise.withResolvers<void>();
  let current: pg.Client | undefined;
  let failures = 0;

  const onListening = () => {
    failures = 0;
    ready.resolve();
    if (!closing.signal.aborted) onNotify(undefined);
  };

  const keepListening = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const client = new pg.Client({
        ...clientConfig(connectionString, `listen ${channel}`),
        query_timeout: heartbeatMs,
      });
      current = client;
      client.on('notification', ({ payload }) => {
        if (!closing.signal.aborted) onNotify(payload ?? '');
      });
      const reason = await untilLost({ client, channel, heartbeatMs, onListening });
      if (closing.signal.aborted) return;
      onLoss?.(reason);
      await sleep(waitAfter(failures), undefined, { signal: closing.signal }).catch(() => undefined);
      failures += 1;
    }
  };

  const ended = keepListening();
  return {
    ready: ready.promise,
    close: async () => {
      closing.abort();
      ready.resolve();
      if (current) await end(current);
      await ended;
    },
  };
};
