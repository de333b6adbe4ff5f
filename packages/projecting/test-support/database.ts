import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPool, migrate } from '@headroom/postgres';
import type pg from 'pg';
import { type AnyTable, type Projection, projectingMigrations, type RowReader } from '../src/index.ts';

interface Test {
  teardown(end: () => Promise<void>): unknown;
}

/** An empty, migrated database, and a pool to it; both vanish with the test. */
export const database = async (t: Test): Promise<{ connectionString: string; pool: pg.Pool }> => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'test' });
  t.teardown(() => pool.end());
  await migrate(pool, projectingMigrations);
  return { connectionString, pool };
};

/** All rows of projections, by table, in the order of their keys. */
export const allRows = async (
  reader: RowReader,
  projections: readonly Projection[],
): Promise<{ [table: string]: object[] }> => {
  const rows: { [table: string]: object[] } = {};
  for (const { name, tables } of projections) {
    for (const table of tables as readonly AnyTable[])
      rows[`${name}.${table.name}`] = await reader.list(table as never, { where: [], orderBy: [], limit: 1_000_000 });
  }
  return rows;
};
