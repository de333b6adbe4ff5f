import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { type GuardedServer, type ServerExit, spawnGuarded } from './guarded-server.ts';
import { disownStranger, holderOf, readPostmasterPid } from './postmaster-pid.ts';
import type { ServerUser } from './server-user.ts';
import type { Settings } from './settings.ts';
import { makeSocketDirectory, PORT, remakeSocketDirectory } from './socket-directory.ts';

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

export type Launch = {
  readonly binaries: Binaries;
  readonly user: ServerUser;
  /** Holds a cluster. */
  readonly dataDir: string;
  /** A predecessor's, to serve at the same address; a new one unless told. */
  readonly socketDirectory?: string | undefined;
  readonly settings: Settings;
  readonly log: (line: string) => void;
  readonly throwaway: boolean;
};

export type Launched = { readonly server: GuardedServer; readonly socketDirectory: string };

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

const launchOnce = async (launch: Launch): Promise<Launched | ServerExit> => {
  const { user, dataDir, throwaway } = launch;
  const socketDirectory = launch.socketDirectory
    ? remakeSocketDirectory(user, launch.socketDirectory)
    : await makeSocketDirectory(user);
  const server = await spawnGuarded({
    user,
    command: [launch.binaries.postgres, ...serverArguments(dataDir, socketDirectory, launch.settings)],
    stopSignal: throwaway ? 'QUIT' : 'INT',
    removeAfterwards: throwaway ? [socketDirectory, dataDir] : [socketDirectory],
    keepsAlive: !throwaway,
    log: launch.log,
  });
  return (await becomesReady(server, dataDir)) ? { server, socketDirectory } : await server.exited;
};

/** A holder that is about to go, because the process that started it was killed, goes within this. */
const HELD_FOR_GOOD_MS = 3_000;
/** A last checkpoint, or a killed predecessor's last backend, may take this long. */
const PASSES_WITHIN_MS = 60_000;

/** Waits until no server holds the directory; throws `DataDirectoryInUse` when its holder means to stay. */
const untilFree = async (dataDir: string): Promise<void> => {
  const since = Date.now();
  for (let holder = holderOf(dataDir); holder !== 'nobody'; holder = holderOf(dataDir)) {
    if (holder === 'stranger') return disownStranger(dataDir);
    const lock = readPostmasterPid(dataDir);
    const patience = lock?.status === 'stopping' ? PASSES_WITHIN_MS : HELD_FOR_GOOD_MS;
    if (Date.now() - since > patience) throw new DataDirectoryInUse(dataDir, lock?.pid ?? 0);
    await sleep(50);
  }
};

/** Refusals that pass: somebody was quicker, or a killed predecessor's lock and memory linger. */
const PASSING =
  /lock file "postmaster.pid" already exists|lock file "postmaster.pid" is empty|pre-existing shared memory block/;

/**
 * Starts a server over a cluster and waits until it is ready, outlasting what a killed predecessor left.
 * Throws `DataDirectoryInUse`, or an error with the end of the server's log.
 */
export const launchServer = async (launch: Launch): Promise<Launched> => {
  const since = Date.now();
  for (;;) {
    await untilFree(launch.dataDir);
    const launched = await launchOnce(launch);
    if ('server' in launched) return launched;
    const said = launched.lastLines.join('\n');
    if (!PASSING.test(said) || Date.now() - since > PASSES_WITHIN_MS)
      throw new Error(`The database server did not start: ${said || `exit code ${launched.code}`}`);
    await sleep(100);
  }
};
