import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@headroom/embedded-postgres';
import pg from 'pg';
import { measureFsync } from './fsync.ts';

const PREFIX = join(tmpdir(), 'headroom-bench-');
/** The server runs as another user when we are root, and has to walk through. */
const WALKABLE = 0o755;

/** A Postgres of the bench's own. */
export interface Cluster {
  /** An empty database; dropped with `drop`, at the latest with the cluster. Gives its URL. */
  readonly database: () => Promise<{ readonly url: string; readonly drop: () => Promise<void> }>;
  /** How long this disk takes to make a small write durable, in milliseconds, now. */
  readonly fsyncMs: () => Promise<number>;
  /** Writes out what is dirty, so that one contender does not pay for the one before it. */
  readonly settle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const urlFor = (url: string, database: string): string => url.replace(/\/[^/]*$/, `/${database}`);

const execute = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/** Starts it over a new folder on the disk, with the settings that production has: every commit reaches the disk. */
export const startCluster = async (): Promise<Cluster> => {
  const folder = mkdtempSync(PREFIX);
  chmodSync(folder, WALKABLE);
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
  const url = postgres.connectionString;
  let made = 0;
  return {
    database: async () => {
      made += 1;
      const name = `bench_${made}`;
      await execute(url, `create database ${name} template template0 strategy file_copy`);
      return { url: urlFor(url, name), drop: () => execute(url, `drop database if exists ${name} with (force)`) };
    },
    fsyncMs: () => measureFsync(folder),
    settle: () => execute(url, 'checkpoint'),
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
