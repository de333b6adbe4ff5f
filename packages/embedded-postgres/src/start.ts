import pg from 'pg';
import { usableBinaries } from './binaries.ts';
import { type Connection, urlOf } from './connection.ts';
import { createCluster, ROLE } from './create-cluster.ts';
import { ownerOf, settleDataDirectory } from './data-directory.ts';
import type { ServerExit } from './guarded-server.ts';
import { launchServer } from './launch.ts';
import { serverUser } from './server-user.ts';
import { productionSettings, type Settings, throwawaySettings } from './settings.ts';
import { PORT } from './socket-directory.ts';

export type EmbeddedPostgres = {
  readonly connection: Connection;
  /** The same as a URL, for `pg` and libpq alike. */
  readonly connectionString: string;
  readonly pid: number;
  /** Settles when the server has ended; `asked` is false when nobody called `stop()`. Never rejects. */
  readonly exited: Promise<ServerExit>;
  /** Ends sessions, writes a checkpoint, waits for the end. May be called again. */
  stop(): Promise<void>;
};

export type StartOptions = {
  /** Made on the first start. */
  readonly dataDir: string;
  /** The directory of a predecessor's socket, so that its clients find the new server; a new one unless told. */
  readonly socketDirectory?: string | undefined;
  /** Server settings that go over ours. */
  readonly settings?: Settings;
  /** Gets each line of the server's log. */
  readonly log?: (line: string) => void;
};

const makeDatabase = async (connection: Connection): Promise<void> => {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [connection.database]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(connection.database)}`);
  } finally {
    await client.end();
  }
};

/** As `startEmbeddedPostgres`; `throwaway` trades durability for speed, keeps no process alive, and removes the data. */
export const launchPostgres = async (options: StartOptions & { throwaway: boolean }): Promise<EmbeddedPostgres> => {
  const { throwaway, log = () => undefined } = options;
  const asked = serverUser();
  const dataDir = await settleDataDirectory(options.dataDir, asked);
  const user = ownerOf(dataDir, asked);
  const binaries = await usableBinaries(user);
  await createCluster(binaries, user, dataDir, !throwaway);
  const settings = { ...productionSettings, ...(throwaway ? throwawaySettings : {}), ...options.settings };
  const place = { dataDir, socketDirectory: options.socketDirectory };
  const { server, socketDirectory } = await launchServer({ binaries, user, ...place, settings, log, throwaway });
  const connection = { host: socketDirectory, port: PORT, user: ROLE, database: ROLE };
  try {
    await makeDatabase(connection);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { connection, connectionString: urlOf(connection), ...server };
};

/**
 * Starts a Postgres of our own over `dataDir`, making the cluster, the user and the database `headroom` on first start.
 * It takes no port, runs as an unprivileged user when we are root, and ends when this process ends, however that happens.
 * It keeps this process alive until `stop()`.
 * Throws `DataDirectoryInUse` when another server holds the directory, else an error with the end of the server's log.
 */
export const startEmbeddedPostgres = (options: StartOptions): Promise<EmbeddedPostgres> =>
  launchPostgres({ ...options, throwaway: false });
