import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, usableBinaries } from './binaries.ts';
import { createCluster, ROLE } from './create-cluster.ts';
import { ownerOf, settleDataDirectory } from './data-directory.ts';
import { type GuardedServer, type ServerExit, spawnGuarded } from './guarded-server.ts';
import { disownStranger, holderOf, readPostmasterPid } from './postmaster-pid.ts';
import { type ServerUser, serverUser } from './server-user.ts';
import { productionSettings, type Settings, throwawaySettings } from './settings.ts';
import { makeSocketDirectory, PORT } from './socket-directory.ts';

/** What `pg` takes: `host` is the directory of the unix socket. */
export type Connection = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
};

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
  /** Server settings that go over ours. */
  readonly settings?: Settings;
  /** Gets each line of the server's log. */
  readonly log?: (line: string) => void;
};

/** Another server runs over this data directory. */
export class DataDirectoryInUse extends Error {
  readonly dataDir: string;
  readonly pid: number;
  constructor(dataDir: string, pid: number) {
    super(`Another database server (process ${pid}) runs over ${dataDir}`);
    this.name = 'DataDirectoryInUse';
    this.dataDir = dataDir;
    this.pid = pid;
  }
}

export const urlOf = ({ user, host, port, database }: Connection): string =>
  `postgresql://${user}@${encodeURIComponent(host)}:${port}/${database}`;

const serverArguments = (dataDir: string, socketDirectory: string, settings: Settings): string[] => {
  const all = { ...settings, listen_addresses: '', unix_socket_directories: socketDirectory, port: String(PORT) };
  return ['-D', dataDir, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
};

/** Ready when the server itself wrote so into its lock file (recovery after a crash may take long); false: it ended. */
const becomesReady = async (server: GuardedServer, dataDir: string): Promise<boolean> => {
  let ended = false;
  void server.exited.then(() => {
    ended = true;
  });
  while (!ended) {
    const lock = readPostmasterPid(dataDir);
    if (lock?.pid === server.pid && lock.status === 'ready') return true;
    await sleep(5);
  }
  return false;
};

/** Refusals that pass: a killed predecessor's lock or memory, or an orderly one that is about to go. */
const PASSING =
  /lock file "postmaster.pid" already exists|pre-existing shared memory block|lock file "postmaster.pid" is empty/;

const HELD_FOR_GOOD_MS = 3_000;
const STOPPING_AT_MOST_MS = 60_000;

/** Waits a moment for the data directory; throws `DataDirectoryInUse` when its holder means to stay. */
const waitForDirectory = async (dataDir: string, since: number): Promise<void> => {
  const waited = Date.now() - since;
  const holder = holderOf(dataDir);
  if (holder === 'stranger') disownStranger(dataDir);
  if (holder === 'server') {
    const lock = readPostmasterPid(dataDir);
    const patience = lock?.status === 'stopping' ? STOPPING_AT_MOST_MS : HELD_FOR_GOOD_MS;
    if (waited > patience) throw new DataDirectoryInUse(dataDir, lock?.pid ?? 0);
  }
  await sleep(100);
};

type Launch = {
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly dataDir: string;
  readonly settings: Settings;
  readonly log: (line: string) => void;
  readonly throwaway: boolean;
};

type Launched = { readonly server: GuardedServer; readonly socketDirectory: string };

const launchOnce = async (launch: Launch): Promise<Launched | ServerExit> => {
  const { user, dataDir } = launch;
  const socketDirectory = await makeSocketDirectory(user);
  const server = await spawnGuarded({
    user,
    command: [launch.binaries.postgres, ...serverArguments(dataDir, socketDirectory, launch.settings)],
    stopSignal: launch.throwaway ? 'QUIT' : 'INT',
    removeAfterwards: launch.throwaway ? [socketDirectory, dataDir] : [socketDirectory],
    keepsAlive: !launch.throwaway,
    log: launch.log,
  });
  return (await becomesReady(server, dataDir)) ? { server, socketDirectory } : await server.exited;
};

const launchPatiently = async (launch: Launch): Promise<Launched> => {
  const since = Date.now();
  for (;;) {
    const launched = await launchOnce(launch);
    if ('server' in launched) return launched;
    const said = launched.lastLines.join('\n');
    if (!PASSING.test(said) || Date.now() - since > STOPPING_AT_MOST_MS)
      throw new Error(`The database server did not start: ${said || `exit code ${launched.code}`}`);
    await waitForDirectory(launch.dataDir, since);
  }
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
  const { server, socketDirectory } = await launchPatiently({ binaries, user, dataDir, settings, log, throwaway });
  const connection = { host: socketDirectory, port: PORT, user: ROLE, database: ROLE };
  await makeDatabase(connection);
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
