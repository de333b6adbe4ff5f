import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { newMasterKey } from './master-key.ts';

const OWNER_ONLY = 0o600;

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * The master key in a file, made when there is none, for its owner's eyes alone. Of two processes that make it at once
 * both get the same, and never a half-written one. Throws what the file system throws.
 */
export const masterKeyInFile = (path: string): { readonly key: string; readonly made: boolean } => {
  const known = read(path);
  if (known !== undefined) return { key: known, made: false };
  mkdirSync(dirname(path), { recursive: true });
  const making = `${path}.${process.pid}`;
  writeFileSync(making, `${newMasterKey()}\n`, { mode: OWNER_ONLY, flush: true });
  chmodSync(making, OWNER_ONLY);
  try {
    // A link, not a renaming: it fails when another process was faster, and that one's key holds.
    linkSync(making, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(making, { force: true });
  }
  return { key: read(path) ?? '', made: true };
};
