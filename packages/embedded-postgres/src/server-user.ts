import { readFileSync } from 'node:fs';

/** Whom the server runs as; `undefined` means: as this process. Has the shape that `spawn` takes. */
export type ServerUser = { readonly uid: number; readonly gid: number } | undefined;

/** initdb refuses a user that has no entry in /etc/passwd, so only entries from there are candidates. */
const passwdEntry = (name: string): ServerUser => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (line === undefined) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
};

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Postgres refuses to run as root; root runs it as `postgres`, else as `nobody`. Everybody else runs it as himself.
 * Throws when root finds neither.
 */
export const serverUser = (): ServerUser => {
  if (!isRoot()) return undefined;
  const user = passwdEntry('postgres') ?? passwdEntry('nobody');
  if (!user) throw new Error('Postgres refuses to run as root, and /etc/passwd has neither a user postgres nor nobody');
  return user;
};
