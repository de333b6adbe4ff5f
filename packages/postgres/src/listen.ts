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

type Session = {
  readonly client: pg.Client;
  readonly channel: string;
  readonly heartbeatMs: number;
  readonly onListening: () => void;
  readonly closing: AbortSignal;
};

/** Listens until the connection is lost, and gives the reason. The heartbeat finds the losses that nobody tells. */
const untilLost = async ({ client, channel, heartbeatMs, onListening, closing }: Session): Promise<Error> => {
  const lost = Promise.withResolvers<Error>();
  const close = () => lost.resolve(new Error('Closed'));
  client.on('error', lost.resolve);
  client.on('end', () => lost.resolve(new Error('Connection terminated')));
  closing.addEventListener('abort', close);
  let heartbeat: NodeJS.Timeout | undefined;
  let over = false;
  const begin = async () => {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    if (over) return;
    onListening();
    heartbeat = setInterval(() => client.query('select').catch(lost.resolve), heartbeatMs);
  };
  // Not awaited: the driver never settles a connect that was ended under way.
  begin().catch(lost.resolve);
  const reason = await lost.promise;
  over = true;
  clearInterval(heartbeat);
  closing.removeEventListener('abort', close);
  // No goodbye: nothing is under way here, and a server that is gone would not answer it.
  client.connection.stream.destroy();
  return reason;
};

/**
 * Listens to a channel on a connection of its own, and comes back by itself, with growing pauses of at most 5 s, when
 * that is lost. `onNotify` is called with each payload, and with `undefined` whenever listening began (anew): something
 * may have been missed, so look. It must not throw.
 */
export const listen = (
  connectionString: string,
  channel: string,
  onNotify: (payload: string | undefined) => void,
  { onLoss, heartbeatMs = 15_000 }: ListenOptions = {},
): Listener => {
  const closing = new AbortController();
  const ready = Promise.withResolvers<void>();
  let failures = 0;

  const onListening = () => {
    failures = 0;
    ready.resolve();
    onNotify(undefined);
  };

  const keepListening = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const client = new pg.Client({
        ...clientConfig(connectionString, `listen ${channel}`),
        query_timeout: heartbeatMs,
      });
      client.on('notification', ({ payload }) => {
        if (!closing.signal.aborted) onNotify(payload ?? '');
      });
      const reason = await untilLost({ client, channel, heartbeatMs, onListening, closing: closing.signal });
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
      await ended;
    },
  };
};
