import { commandingMigrations } from '@headroom/commanding';
import { migrateEventStore } from '@headroom/event-store';
import { accessMigrations } from '@headroom/http';
import { notaryMigrations } from '@headroom/notary';
import { operationsMigrations } from '@headroom/operations';
import { createPool, migrate } from '@headroom/postgres';
import { privacyMigrations } from '@headroom/privacy';
import { projectingMigrations } from '@headroom/projecting';

type Pool = ReturnType<typeof createPool>;

const hostMigrations = { component: 'host', folder: new URL('../migrations', import.meta.url) } as const;

/**
 * Brings the database up to date, whoever else does so at the same time. Gives what was applied, as
 * `component/migration`. Throws `MigrationError`.
 */
export const migrateDatabase = async (pool: Pool): Promise<string[]> => {
  const applied = (await migrateEventStore(pool)).map((name) => `log/${name}`);
  const all = [
    projectingMigrations,
    commandingMigrations,
    accessMigrations,
    operationsMigrations,
    notaryMigrations,
    privacyMigrations,
    hostMigrations,
  ];
  for (const migrations of all) {
    for (const name of await migrate(pool, migrations)) applied.push(`${migrations.component}/${name}`);
  }
  return applied;
};

/** As `migrateDatabase`, over a pool of its own. */
export const migrateDatabaseAt = async (databaseUrl: string): Promise<string[]> => {
  const pool = createPool(databaseUrl, { applicationName: 'headroom migrate', max: 1 });
  try {
    return await migrateDatabase(pool);
  } finally {
    await pool.end();
  }
};
