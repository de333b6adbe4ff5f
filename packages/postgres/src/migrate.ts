import type pg from 'pg';
import { MigrationError, type MigrationFile, readMigrations } from './migration-files.ts';
import { inTransaction } from './transaction.ts';

export type Migrations = {
  /** Whose they are; each component has its own numbering. */
  readonly component: string;
  /** Holds `0001-what-it-does.sql`, ... */
  readonly folder: URL | string;
};

type Applied = { readonly name: string; readonly checksum: string };
type Queryable = Pick<pg.ClientBase, 'query'>;

const isInstalled = async (db: Queryable): Promise<boolean> =>
  (await db.query<{ there: boolean }>(`select to_regclass('headroom.migration') is not null as there`)).rows[0]
    ?.there === true;

const install = (db: Queryable) =>
  db.query(`
    create schema if not exists headroom;
    create table headroom.migration (
      component text not null,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      primary key (component, name)
    )`);

const appliedBefore = async (db: Queryable, component: string): Promise<Applied[]> => {
  const sql = 'select name, checksum from headroom.migration where component = $1 order by name collate "C"';
  return (await db.query<Applied>(sql, [component])).rows;
};

/** What is still to apply. Throws when history and folder do not agree: history is only ever added to, at its end. */
const outstanding = (
  component: string,
  files: readonly MigrationFile[],
  applied: readonly Applied[],
): MigrationFile[] => {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum } of applied) {
    const file = byName.get(name);
    if (!file) throw new MigrationError(component, name, 'was applied to this database, but its file is missing');
    if (file.checksum !== checksum) throw new MigrationError(component, name, 'was edited after it had been applied');
  }
  const last = applied.at(-1)?.name ?? '';
  const left = files.slice();
  for (const { name } of applied)
    left.splice(
      left.findIndex((file) => file.name === name),
      1,
    );
  const late = left.find((file) => file.name < last);
  if (late) throw new MigrationError(component, late.name, `comes before ${last}, which has been applied`);
  return left;
};

const apply = async (db: Queryable, component: string, file: MigrationFile): Promise<void> => {
  try {
    await db.query(file.sql);
  } catch (cause) {
    throw new MigrationError(component, file.name, `failed: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
  const sql = 'insert into headroom.migration (component, name, checksum) values ($1, $2, $3)';
  await db.query(sql, [component, file.name, file.checksum]);
};

/** Applies the next migration, if there is one. The lock lasts as long as the transaction, so no death leaves it behind. */
const applyNext = (pool: pg.Pool, component: string, files: readonly MigrationFile[]): Promise<string | undefined> =>
  inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('headroom.migration', 0))`);
    if (!(await isInstalled(client))) await install(client);
    const [next] = outstanding(component, files, await appliedBefore(client, component));
    if (next) await apply(client, component, next);
    return next?.name;
  });

/**
 * Brings the database up to date: applies what is new in order, each in a transaction of its own. Processes that start
 * together wait for one another, and each migration is applied once. Gives the names this call applied.
 * Throws `MigrationError` when an applied migration was edited or is missing, or when SQL fails (it is then rolled back).
 */
export const migrate = async (pool: pg.Pool, { component, folder }: Migrations): Promise<string[]> => {
  const files = await readMigrations(component, folder);
  const applied: string[] = [];
  for (;;) {
    const name = await applyNext(pool, component, files);
    if (name === undefined) return applied;
    applied.push(name);
  }
};

/** The names that `migrate` would apply; changes nothing. Throws `MigrationError` as `migrate` does. */
export const pendingMigrations = async (pool: pg.Pool, { component, folder }: Migrations): Promise<string[]> => {
  const files = await readMigrations(component, folder);
  const applied = (await isInstalled(pool)) ? await appliedBefore(pool, component) : [];
  return outstanding(component, files, applied).map(({ name }) => name);
};
