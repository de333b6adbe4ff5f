import { setTimeout as sleep } from 'node:timers/promises';
import { clientConfig } from '@headroom/postgres';
import pg from 'pg';

/**
 * The append function relies on a snapshot per statement; and its plans are made once, also while the log is empty and
 * reading it whole looks cheap.
 */
const SESSION = [
  'TimeZone=UTC',
  'default_transaction_isolation=read\\ committed',
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'jit=off',
];

const LONGEST_PAUSE_MS = 1_000;

/** The one connection that appends: made when it is needed, and again after it was lost. */
export interface WriteConnection {
  /** The connection that stands now, if one does. */
  readonly current: () => pg.Client | undefined;
  /** Tries once to connect. When that fails, pauses (longer each time) and gives the reason. */
  readonly establish: () => Promise<{ readonly failed?: unknown }>;
  /** Breaks the connection: whatever is under way on it fails. */
  readonly drop: (client: pg.Client) => void;
  readonly close: () => Promise<void>;
}

export const createWriteConnection = (connectionString: string, applicationName: string): WriteConnection => {
  const config = {
    ...clientConfig(connectionString, applicationName),
    options: SESSION.map((set) => `-c ${set}`).join(' '),
  };
  let standing: pg.Client | undefined;
  let failures = 0;
  const forget = (client: pg.Client): void => {
    if (standing === client) standing = undefined;
  };
  const drop = (client: pg.Client): void => {
    forget(client);
    client.end().catch(() => undefined);
  };
  const establish = async () => {
    const client = new pg.Client(config);
    client.on('error', () => forget(client)).on('end', () => forget(client));
    try {
      await client.connect();
      standing = client;
      failures = 0;
      return {};
    } catch (failed) {
      drop(client);
      failures += 1;
      await sleep(Math.min(25 * 2 ** failures, LONGEST_PAUSE_MS));
      return { failed };
    }
  };
  return {
    current: () => standing,
    establish,
    drop,
    close: async () => {
      const client = standing;
      standing = undefined;
      await client?.end().catch(() => undefined);
    },
  };
};
