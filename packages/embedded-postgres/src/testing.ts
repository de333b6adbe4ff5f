import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Connection, urlOf } from './connection.ts';
import { isAlive } from './is-alive.ts';
import { launchPostgres } from './start.ts';

/** Where a test run's runner says which cluster is shared by all its test processes. */
export const SHARED_TEST_POSTGRES = 'HEADROOM_TEST_POSTGRES';

export type TestPostgres = { readonly connection: Connection; readonly connectionString: string };

export type TestDatabase = TestPostgres & {
  /** Ends whoever is still connected, and removes the database. May be called again. */
  drop(): Promise<void>;
};

/** Short, because tests may want the path of a socket below it. */
const TEMPORARY = '/tmp';
const PREFIX = 'headroom-test-';

/** What test processes left that were killed while their cluster was only being made. */
const sweepAbandoned = (): void => {
  for (const name of readdirSync(TEMPORARY)) {
    const maker = /^headroom-test-(\d+)-/.exec(name)?.[1];
    if (maker && !isAlive(Number(maker))) rmSync(join(TEMPORARY, name), { recursive: true, force: true });
  }
};

const startThrowaway = () => {
  sweepAbandoned();
  const dataDir = mkdtempSync(join(TEMPORARY, `${PREFIX}${process.pid}-`));
  return launchPostgres({ dataDir, throwaway: true });
};

const connectionOf = (url: string): Connection => {
  const client = new pg.Client({ connectionString: url });
  return { host: client.host, port: client.port, user: client.user ?? '', database: client.database ?? '' };
};

let own: Promise<TestPostgres> | undefined;

/**
 * The cluster for this process's tests: the shared one named by `HEADROOM_TEST_POSTGRES`, else one of our own, made on
 * the first call. It keeps nothing, does not keep the process alive, and vanishes with it, even by kill -9.
 */
export const testPostgres = (): Promise<TestPostgres> => {
  const shared = process.env[SHARED_TEST_POSTGRES];
  own ??= shared ? Promise.resolve({ connection: connectionOf(shared), connectionString: shared }) : startThrowaway();
  return own;
};

const command = async (connection: Connection, sql: string): Promise<void> => {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/**
 * An empty database for one test, about 40 ms. Given the test, it is dropped when the test ends (later teardowns, like
 * the end of a pool made after it, run first).
 */
export const testDatabase = async (t?: { teardown(drop: () => Promise<void>): unknown }): Promise<TestDatabase> => {
  const cluster = await testPostgres();
  const database = `test_${randomBytes(8).toString('hex')}`;
  await command(cluster.connection, `create database ${database} template template0 strategy file_copy`);
  const connection = { ...cluster.connection, database };
  const drop = () => command(cluster.connection, `drop database if exists ${database} with (force)`);
  t?.teardown(drop);
  return { connection, connectionString: urlOf(connection), drop };
};

/**
 * For the test runner: starts one cluster and names it in `HEADROOM_TEST_POSTGRES`, which test processes inherit.
 * `stop()` ends it; so does the end of this process.
 */
export const startSharedTestPostgres = async (): Promise<TestPostgres & { stop(): Promise<void> }> => {
  const cluster = await startThrowaway();
  process.env[SHARED_TEST_POSTGRES] = cluster.connectionString;
  const stop = async () => {
    delete process.env[SHARED_TEST_POSTGRES];
    await cluster.stop();
  };
  return { connection: cluster.connection, connectionString: cluster.connectionString, stop };
};
