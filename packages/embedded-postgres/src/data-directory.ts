import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { canEnter } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

/** Where root keeps data that cannot stay where it was asked for. */
const SHELTER = '/var/lib/headroom';

/** mkdir -p whose mode the umask does not cut: the server's user must be able to walk through what we make. */
const makePath = (directory: string): void => {
  if (existsSync(directory)) return;
  makePath(dirname(directory));
  mkdirSync(directory);
  chmodSync(directory, 0o755);
};

/**
 * Settles where the data really lives, and makes the directories above it. That is `asked`, unless the server's user
 * cannot enter what lies above (a project below a home of mode 700, started as root). Then the data goes below
 * `shelter`, and `asked` becomes a symbolic link to it: visible, and honoured on every later start.
 */
export const settleDataDirectory = async (asked: string, user: ServerUser, shelter = SHELTER): Promise<string> => {
  const wanted = resolve(asked);
  makePath(dirname(wanted));
  if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink()) return realpathSync(wanted);
  const parent = realpathSync(dirname(wanted));
  if (!user || (await canEnter(user, parent))) return join(parent, basename(wanted));
  if (existsSync(wanted))
    throw new Error(`The database server cannot reach its data: some directory above ${wanted} is closed to it`);
  makePath(shelter);
  const home = mkdtempSync(join(shelter, 'data-'));
  chmodSync(home, 0o755);
  const sheltered = join(home, basename(wanted));
  symlinkSync(sheltered, wanted);
  return sheltered;
};

/** Data that exists is served as its owner: a cluster made by a user and later started by root stays that user's. */
export const ownerOf = (dataDir: string, user: ServerUser): ServerUser => {
  if (!user || !existsSync(join(dataDir, 'PG_VERSION'))) return user;
  const { uid, gid } = statSync(dataDir);
  return uid === 0 ? user : { uid, gid };
};
