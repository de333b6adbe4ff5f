import { getPostgreSQLEventStore, type PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import type pg from 'pg';
import { peerPool } from './peer-pool.ts';

export const EMMETT = 'emmett-postgresql 0.42';

export interface OpenEmmett {
  readonly store: PostgresEventStore;
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
}

/** Emmett's tables in an empty database. */
export const migrateEmmett = async (url: string): Promise<void> => {
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  await store.close();
};

/** Emmett's store over a migrated database, without the look at the schema that it would take before each call. */
export const emmettAt = (url: string, connections: number): OpenEmmett => {
  const pool = peerPool(url, connections);
  const store = getPostgreSQLEventStore(url, {
    schema: { autoMigration: 'None' },
    connectionOptions: { pool, pooled: true },
  });
  return {
    store,
    pool,
    close: async () => {
      await store.close();
      if (!pool.ended) await pool.end();
    },
  };
};
