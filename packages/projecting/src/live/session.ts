import { clientConfig } from '@headroom/postgres';
import pg from 'pg';
import { type Lease, sessionName } from './lease.ts';

/**
 * How sessions that fold are set: every read is by an index and small, so plans that read whole tables are never right,
 * whatever the planner believes of a table that grows from nothing; and losing the last moments in a crash of the
 * server loses rows and checkpoint alike, so commits need not wait for the disk.
 */
const foldSettings = [
  'TimeZone=UTC',
  'DateStyle=ISO',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'enable_seqscan=off',
  'synchronous_commit=off',
];

/** A connection for folding, under a name that others can tell it by; further settings of the server as `name=value`. */
export const connectForFolding = async (
  connectionString: string,
  applicationName: string,
  { settings = [], pipeline = false }: { readonly settings?: readonly string[]; readonly pipeline?: boolean } = {},
): Promise<pg.Client> => {
  const client = new pg.Client({
    ...clientConfig(connectionString, applicationName),
    options: [...foldSettings, ...settings].map((setting) => `-c ${setting}`).join(' '),
    ...{ pipeline },
  });
  // Whoever waits for an answer hears of the loss; between statements nobody does.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/**
 * Connects for the holder of a lease. Statements are sent without waiting for the answers to those before. The server
 * ends the session when it stands still inside of a transaction for as long as a lease lasts.
 */
export const openSession = (connectionString: string, lease: Lease, leaseMs: number): Promise<pg.Client> =>
  connectForFolding(connectionString, sessionName(lease), {
    settings: [`idle_in_transaction_session_timeout=${leaseMs}`],
    pipeline: true,
  });

/** Ends a session, without waiting for a server that does not answer. */
export const closeSession = async (client: pg.Client): Promise<void> => {
  const given = new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref());
  await Promise.race([client.end().catch(() => undefined), given]);
};
