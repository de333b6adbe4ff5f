import { createPostgresEventStore, type StoredEvent } from '@headroom/event-store';
import type pg from 'pg';
import { answering } from '../answering.ts';
import { peerPool } from '../peers/peer-pool.ts';
import type { Folded, LiveOrder } from './live-headroom.ts';

/** A projector as it is usually written: for each event a transaction with its rows and the checkpoint. */
const TABLES = `
  create schema one_by_one;
  create table one_by_one.entry (entry_id text primary key, stage_id text, specialist_id text not null, work_date date not null,
    seconds integer not null, activity text not null);
  create table one_by_one.stage (stage_id text primary key, seconds bigint not null);
  create table one_by_one.seen (type text primary key, events bigint not null);
  create table one_by_one.checkpoint (name text primary key, position bigint not null);
  insert into one_by_one.checkpoint values ('one-by-one', 0)`;

const statements = {
  entry: 'insert into one_by_one.entry values ($1, $2, $3, $4, $5, $6)',
  stage: `insert into one_by_one.stage values ($1, $2)
    on conflict (stage_id) do update set seconds = one_by_one.stage.seconds + excluded.seconds`,
  seen: `insert into one_by_one.seen values ($1, 1)
    on conflict (type) do update set events = one_by_one.seen.events + 1`,
  checkpoint: `update one_by_one.checkpoint set position = $1 where name = 'one-by-one'`,
};

const run = (client: pg.PoolClient, name: keyof typeof statements, values: unknown[]) =>
  client.query({ name, text: statements[name], values });

const fold = async (client: pg.PoolClient, { type, data, position }: StoredEvent): Promise<void> => {
  await client.query('begin');
  if (type === 'HoursLogged') {
    const { entryId, stageId, specialistId, workDate, seconds, activity } = data;
    await run(client, 'entry', [entryId, stageId, specialistId, workDate, seconds, activity]);
    await run(client, 'stage', [stageId ?? '', seconds]);
  } else await run(client, 'seen', [type]);
  await run(client, 'checkpoint', [position]);
  await client.query('commit');
};

answering<LiveOrder, Folded>(async ({ url, events }) => {
  const store = await createPostgresEventStore({ connectionString: url });
  const pool = peerPool(url, 1);
  const client = await pool.connect();
  try {
    await client.query(`drop schema if exists one_by_one cascade; ${TABLES}`);
    const start = performance.now();
    for await (const page of store.readAll({ after: 0, upTo: events }))
      for (const event of page.events) await fold(client, event);
    return { events, seconds: (performance.now() - start) / 1_000 };
  } finally {
    client.release();
    await pool.end();
    await store.close();
  }
});
