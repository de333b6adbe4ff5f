import { migrateEventStore } from '@headroom/event-store';
import { createPool } from '@headroom/postgres';
import { migrateEmmett } from './peers/emmett.ts';

const EVENT_TABLE = `
  create table event (
    position bigint generated always as identity primary key,
    stream_id text not null, revision integer not null, type text not null, id uuid not null,
    data json not null, meta json not null, at timestamptz not null default now(),
    unique (stream_id, revision)
  )`;

const inPool = async (url: string, task: (pool: ReturnType<typeof createPool>) => Promise<unknown>): Promise<void> => {
  const pool = createPool(url, { applicationName: 'bench', max: 1 });
  try {
    await task(pool);
  } finally {
    await pool.end();
  }
};

/** Makes the tables of a log in an empty database: ours, emmett's, or a plain one with a sequence. */
export const prepareLog = {
  headroom: (url: string): Promise<void> => inPool(url, migrateEventStore),
  emmett: migrateEmmett,
  plain: (url: string): Promise<void> => inPool(url, (pool) => pool.query(EVENT_TABLE)),
};
