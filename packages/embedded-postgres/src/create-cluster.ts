import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { isAlive } from './is-alive.ts';
import { runAs } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

/** The superuser of the cluster, and the database made for it. */
export const ROLE = 'headroom';

const initArguments = (directory: string, durable: boolean): string[] => [
  `--pgdata=${directory}`,
  `--username=${ROLE}`,
  // The socket's directory is private: whoever reaches the socket may use it.
  '--auth=trust',
  '--encoding=UTF8',
  // The same order of text on every machine.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  ...(durable ? [] : ['--no-sync']),
];

/** Half-made clusters of processes that died while making them. */
const sweepAbandoned = (dataDir: string): void => {
  const prefix = `${basename(dataDir)}.making-`;
  for (const name of readdirSync(dirname(dataDir))) {
    if (!name.startsWith(prefix)) continue;
    const maker = Number(name.slice(prefix.length).split('-')[0]);
    if (!isAlive(maker)) rmSync(join(dirname(dataDir), name), { recursive: true, force: true });
  }
};

const syncDirectory = (directory: string): void => {
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
};

const isFilled = (directory: string): boolean => existsSync(directory) && readdirSync(directory).length > 0;

export const isCluster = (dataDir: string): boolean => existsSync(join(dataDir, 'PG_VERSION'));

/**
 * Makes the cluster unless it exists. It is made next to its place and renamed, so that a process killed half-way leaves
 * no half cluster, and of two that make it at once the second takes the first one's.
 * Throws when the directory holds something else, or initdb fails.
 */
export const createCluster = async (
  binaries: Binaries,
  user: ServerUser,
  dataDir: string,
  durable: boolean,
): Promise<void> => {
  if (isCluster(dataDir)) return;
  if (isFilled(dataDir)) throw new Error(`${dataDir} is neither empty nor a database: refusing to touch it`);
  sweepAbandoned(dataDir);
  const making = mkdtempSync(`${dataDir}.making-${process.pid}-`);
  try {
    chmodSync(making, 0o700);
    if (user) chownSync(making, user.uid, user.gid);
    const { code, output } = await runAs(user, binaries.initdb, initArguments(making, durable));
    if (code !== 0) throw new Error(`initdb failed: ${output.trim()}`);
    renameSync(making, dataDir);
    if (durable) syncDirectory(dirname(dataDir));
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!isCluster(dataDir)) throw error;
  }
};
