import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { canEnter } from './run-as.ts';
import { isRoot, type ServerUser } from './server-user.ts';

/** Where root keeps data that cannot stay where it was asked for. */
const SHELTER = '/var/lib/headroom';

/** mkdir -p whose mode the umask does not cut: the server's user must be able to walk through what we make. */
const makePath = (directory: string): void => {
  if (existsSync(directory)) return;
  makePath(dirname(directory));
  mkdirSync(directory);
  chmodSync(directory, 0o755);
};

/** Data that exists is served as its owner: a cluster made by a user and later started by root stays that user's. */
export const ownerOf = (dataDir: string, user: ServerUser): ServerUser => {
  if (!user || !existsSync(join(dataDir, 'PG_VERSION'))) return user;
  const { uid, gid } = statSync(dataDir);
  return { uid, gid };
};

/** Root serves anybody's data as its owner; everybody else only his own. */
const refuseOthersData = (dataDir: string): void => {
  const stats = statSync(dataDir, { throwIfNoEntry: false });
  if (isRoot() || !stats || stats.uid === process.getuid?.()) return;
  throw new Error(`${dataDir} belongs to another user (uid ${stats.uid}): start as that user, or as root`);
};

const moveTo = (shelter: string, wanted: string): string => {
  makePath(shelter);
  const home = mkdtempSync(join(shelter, 'data-'));
  chmodSync(home, 0o755);
  const sheltered = join(home, basename(wanted));
  symlinkSync(sheltered, wanted);
  return sheltered;
};

/**
 * Settles where the data really lives, and makes the directories above it. That is `asked`, unless the server's user
 * cannot enter what lies above (a project below a home of mode 700, started as root). Then the data goes below
 * `shelter`, and `asked` becomes a symbolic link to it: visible, and honoured on every later start.
 */
export const settleDataDirectory = async (asked: string, user: ServerUser, shelter = SHELTER): Promise<string> => {
  const wanted = resolve(asked);
  makePath(dirname(wanted));
  refuseOthersData(wanted);
  const link = lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink();
  if (link) return resolve(dirname(wanted), readlinkSync(wanted));
  const parent = realpathSync(dirname(wanted));
  if (!user || (await canEnter(ownerOf(wanted, user), parent))) return join(parent, basename(wanted));
  if (existsSync(wanted))
    throw new Error(`The database server cannot reach its data: some directory above ${wanted} is closed to it`);
  return moveTo(shelter, wanted);
};
