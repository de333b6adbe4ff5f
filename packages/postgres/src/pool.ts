import pg from 'pg';
import { valueTypes } from './value-types.ts';

export type PoolOptions = {
  /** Shows in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Connections at most; 10 unless told. */
  readonly max?: number;
  /** Hears of connections lost while nobody used them; the pool replaces them by itself. */
  readonly onIdleLoss?: (error: Error) => void;
};

/** What clients of ours have in common, pooled or not: our value types, and a session in UTC. */
export const clientConfig = (connectionString: string, applicationName: string): pg.ClientConfig => ({
  connectionString,
  application_name: applicationName,
  types: valueTypes,
  options: '-c TimeZone=UTC',
  keepAlive: true,
  connectionTimeoutMillis: 10_000,
});

/**
 * A pool of connections. A lost connection is an error of the statement that was under way (`isConnectionLoss`), never
 * an uncaught one, and the next statement gets a fresh connection. End it with `pool.end()`.
 */
export const createPool = (connectionString: string, options: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({
    ...clientConfig(connectionString, options.applicationName),
    max: options.max ?? 10,
    idleTimeoutMillis: 30_000,
  });
  // A client that somebody holds while its connection dies emits an error, too; without a listener that ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => options.onIdleLoss?.(error));
  return pool;
};
