import { startEmbeddedPostgres } from '@headroom/embedded-postgres';
import { createPool } from '@headroom/postgres';
import { clusterFolder } from '../database.ts';
import { migrateDatabase } from '../migrations.ts';
import type { Settings } from '../settings.ts';
import { lastWhereabouts } from '../whereabouts.ts';

type Pool = ReturnType<typeof createPool>;
type Where = Pick<Settings, 'databaseUrl' | 'dataDir'>;

const answers = async (databaseUrl: string): Promise<boolean> => {
  const pool = createPool(databaseUrl, { applicationName: 'headroom cli', max: 1 });
  try {
    await pool.query('select');
    return true;
  } catch {
    return false;
  } finally {
    await pool.end();
  }
};

/**
 * Does something with the database: that of `DATABASE_URL`; else that of a `standalone` which runs over the data folder;
 * else an embedded one, started for this alone. Throws `DataDirectoryInUse` when somebody holds the data who does not
 * answer.
 */
export const withDatabase = async <T>(where: Where, task: (databaseUrl: string) => Promise<T>): Promise<T> => {
  if (where.databaseUrl !== undefined) return task(where.databaseUrl);
  const running = lastWhereabouts(where.dataDir)?.databaseUrl;
  if (running !== undefined && (await answers(running))) return task(running);
  const postgres = await startEmbeddedPostgres({ dataDir: clusterFolder(where) });
  try {
    return await task(postgres.connectionString);
  } finally {
    await postgres.stop();
  }
};

/** As `withDatabase`, over a pool, and with the database brought up to date before. */
export const withPool = <T>(where: Where, task: (pool: Pool) => Promise<T>): Promise<T> =>
  withDatabase(where, async (databaseUrl) => {
    const pool = createPool(databaseUrl, { applicationName: 'headroom cli', max: 2 });
    try {
      await migrateDatabase(pool);
      return await task(pool);
    } finally {
      await pool.end();
    }
  });
