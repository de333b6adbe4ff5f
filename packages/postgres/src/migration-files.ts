import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type MigrationFile = { readonly name: string; readonly sql: string; readonly checksum: string };

/** A migration that is misnamed, edited, missing, out of order, or whose SQL failed (then `cause` says how). */
export class MigrationError extends Error {
  readonly component: string;
  readonly migration: string;
  constructor(component: string, migration: string, problem: string, cause?: unknown) {
    super(`Migration ${component}/${migration} ${problem}`, cause === undefined ? undefined : { cause });
    this.name = 'MigrationError';
    this.component = component;
    this.migration = migration;
  }
}

const NAME = /^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/;

/** Line ends differ between checkouts; the text does not. */
const checksumOf = (sql: string): string => createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');

/** The migrations of a folder in their order. Throws `MigrationError` for a file that is misnamed or shares a number. */
export const readMigrations = async (component: string, folder: URL | string): Promise<MigrationFile[]> => {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder;
  const names = (await readdir(path)).filter((name) => name.endsWith('.sql')).sort();
  for (const [index, name] of names.entries()) {
    if (!NAME.test(name)) throw new MigrationError(component, name, 'must be named like 0001-what-it-does.sql');
    if (names[index - 1]?.slice(0, 4) === name.slice(0, 4))
      throw new MigrationError(component, name, `has the number of ${names[index - 1]}`);
  }
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(path, name), 'utf8');
      return { name, sql, checksum: checksumOf(sql) };
    }),
  );
};
