import { chmodSync, chownSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canEnter } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

/** Names the socket file only: with `listen_addresses=''` no TCP port is taken. */
export const PORT = 5432;

/** The kernel cuts the path of a unix socket at 107 bytes (103 on macOS). */
const LONGEST = 103;

const fits = (parent: string) => Buffer.byteLength(join(parent, 'headroom-XXXXXX', `.s.PGSQL.${PORT}`)) <= LONGEST;

const closeToOthers = (user: ServerUser, directory: string): string => {
  chmodSync(directory, 0o700);
  if (user) chownSync(directory, user.uid, user.gid);
  return directory;
};

/**
 * Makes a private directory for the socket, with a path short enough for the kernel. Only the server's user (and root)
 * can enter it, which is why connections need no password.
 */
export const makeSocketDirectory = async (
  user: ServerUser,
  candidates: readonly string[] = [tmpdir(), '/tmp'],
): Promise<string> => {
  for (const parent of candidates) {
    if (!fits(parent) || !(await canEnter(user, parent))) continue;
    return closeToOthers(user, mkdtempSync(join(parent, 'headroom-')));
  }
  throw new Error(
    `No directory for the database socket among ${candidates.join(', ')}: too long, or not to be entered`,
  );
};

/** Makes a predecessor's directory anew, at the same path. Throws when somebody else has taken the name meanwhile. */
export const remakeSocketDirectory = (user: ServerUser, directory: string): string => {
  mkdirSync(directory, { mode: 0o700 });
  return closeToOthers(user, directory);
};
