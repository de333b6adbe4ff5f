import { testDatabase } from '@headroom/embedded-postgres/testing';
import { derivedId } from '@headroom/kernel';
import { createPool } from '@headroom/postgres';
import t, { type Test } from 'tap';
import { startProxy } from '../contract-suite/index.ts';
import { collect, until } from '../contract-suite/scene.ts';
import { type EventStore, type NewEvent, Unavailable, UnknownOutcome } from '../port.ts';
import { createPostgresEventStore, migrateEventStore, type PostgresEventStoreOptions } from './index.ts';

const open = async (t: Test, options: Partial<PostgresEventStoreOptions> = {}) => {
  const { connection, connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'test', max: 2 });
  await migrateEventStore(pool);
  const store = await createPostgresEventStore({ connectionString, applicationName: 'here', ...options });
  t.teardown(async () => {
    await store.close();
    await pool.end();
  });
  return { connection, pool, store };
};

const event = (purpose: string, n = 0, type = 'Happened'): NewEvent => ({
  id: derivedId(purpose, String(n)),
  type,
  data: { n },
  meta: { tenantId: 'acme', actor: 'system:test', commandKey: purpose, fingerprint: '', correlationId: purpose },
});

const append = (n: number, type?: string) => ({
  streamId: `test-acme/${n}`,
  expected: -1,
  events: [event('one', n, type)],
});

t.test('appends made at once share a transaction, and leave the locked row as it was', async (t) => {
  const { pool, store } = await open(t);
  await Promise.all(Array.from({ length: 100 }, (_, n) => store.append(append(n))));
  const transactions = await pool.query('select count(distinct xmin::text) as n from log.events');
  t.ok(transactions.rows[0].n <= 2, 'the first may have gone ahead');
  for (let n = 100; n < 120; n += 1) await store.append(append(n));
  const versions = await pool.query('select ctid::text from log.head');
  t.strictSame(versions.rows, [{ ctid: '(0,1)' }], 'no new version of the row was ever written');
  t.equal(await store.head(), 120);
});

t.test('an append that the database chokes on fails alone, and those that came with it are taken', async (t) => {
  const { store } = await open(t);
  const outcomes = await Promise.allSettled(
    [0, 1, 2, 3].map((n) => store.append(append(n, n === 2 ? 'a\0b' : 'Happened'))),
  );
  t.match(outcomes, [
    { value: { position: 1 } },
    { value: { position: 2 } },
    { status: 'rejected' },
    { value: { position: 3 } },
  ]);
  await t.rejects(store.append({ ...append(4), events: [{ ...event('x'), id: 'no-uuid' }] }), RangeError);
  t.equal(await store.head(), 3);
});

t.test('a row that came in past the lock is no harm: the unique keys refuse what would collide', async (t) => {
  const { pool, store } = await open(t);
  const intruder = await pool.connect();
  await intruder.query(
    `begin; insert into log.events values (1, 'test-acme/1', 0, 'T', $$${derivedId('x')}$$, '{}', '{}', now())`,
  );
  const outcomes = Promise.allSettled([0, 1, 2].map((n) => store.append(append(n))));
  await until(
    async () => (await pool.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)).rowCount === 1,
  );
  await intruder.query('commit');
  intruder.release();
  // The second finds its stream begun; sent again on its own it is judged by what is there now.
  t.match(await outcomes, [
    { value: { kind: 'appended' } },
    { value: { kind: 'conflict', actualRevision: 0 } },
    { value: { kind: 'appended' } },
  ]);
  t.equal(await store.head(), 3);
});

t.test('recorded instants do not go back when the clock does', async (t) => {
  const { pool, store } = await open(t);
  await store.append(append(0));
  await pool.query(`update log.events set at = '2999-01-01T00:00:00.123Z'`);
  await store.append(append(1));
  t.equal(await store.recordedAt(2), '2999-01-01T00:00:00.123Z');
});

t.test('an append does not wait for ever: for a connection it is unavailable, for a reply unknown', async (t) => {
  const { connection, pool } = await open(t);
  const wire = await startProxy({ path: `${connection.host}/.s.PGSQL.${connection.port}` });
  const connectionString = `postgresql://${connection.user}@127.0.0.1:${wire.port}/${connection.database}`;
  const store = await createPostgresEventStore({ connectionString, appendTimeoutMs: 300 });
  t.teardown(() => store.close());
  await store.append(append(0));
  wire.muteReplies();
  await t.rejects(store.append(append(1)), UnknownOutcome);
  await wire.close();
  await t.rejects(store.append(append(2)), Unavailable);
  await t.rejects(store.head(), Unavailable);
  t.equal(await store.ping(), false);
  await until(async () => (await pool.query('select from log.events')).rowCount === 2);
});

t.test('a database that refuses to write is unavailable, and is written to when it allows it again', async (t) => {
  const { connection, pool, store } = await open(t);
  await store.append(append(0));
  const readOnly = (on: boolean) =>
    pool.query(`alter database ${connection.database} set default_transaction_read_only = ${on}`);
  const endSessions = () =>
    pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'here%writer'`);
  await readOnly(true);
  await endSessions();
  const refused = await store.append(append(1)).catch((error: unknown) => error);
  t.ok(refused instanceof Unavailable || refused instanceof UnknownOutcome);
  await t.rejects(store.append(append(2)), Unavailable);
  const writable = createPool(
    `postgresql://${connection.user}@${encodeURIComponent(connection.host)}:${connection.port}/${connection.database}?options=-c%20default_transaction_read_only%3Doff`,
    { applicationName: 'test', max: 1 },
  );
  await writable.query(`alter database ${connection.database} reset default_transaction_read_only`);
  await writable.end();
  t.match(await store.append(append(2)), { kind: 'appended' });
});

t.test('a store without its schema does not open', async (t) => {
  const { connectionString } = await testDatabase(t);
  await t.rejects(createPostgresEventStore({ connectionString }), { code: '42P01' });
});

/** Leaves a reading and a subscription in the midst of it. */
const breakOff = async (store: EventStore, after: number): Promise<void> => {
  for await (const page of store.readAll({ after, pageSize: 10 })) if (page.upTo >= after + 30) break;
  const abort = new AbortController();
  const pages = store.subscribe({ after, pageSize: 100, signal: abort.signal });
  for await (const page of pages) if (page.upTo > after + 1_000) abort.abort();
};

const LENGTH = 60_000;

/** Small events of 3 types and 10 tenants, and a few large ones, without going through append. */
const LONG_LOG = `
  insert into log.events
  select n, 'test-t' || n % 10 || '/' || n / 1000, n % 1000, 'T' || n % 3, gen_random_uuid(),
    json_build_object('n', n, 'filler', repeat('ж', case when n % 20000 = 0 then 400000 else n % 90 end)), '{}', '2026-03-16'
  from generate_series(1, ${LENGTH}) n`;

t.test('a long log', async (t) => {
  const { pool, store } = await open(t);
  await pool.query(LONG_LOG);
  const sessions = async (condition: string) =>
    (await pool.query(`select from pg_stat_activity where datname = current_database() and ${condition}`)).rowCount;

  await t.test('is read whole, in ranges and pages, over large events and small', async (t) => {
    let expected = 1;
    let intact = true;
    for await (const page of store.readAll({ after: 0, pageSize: 1_700 })) {
      for (const { position, data } of page.events) {
        intact &&= position === expected && data['n'] === expected;
        intact &&= (data['filler'] as string).length === (expected % 20_000 === 0 ? 400_000 : expected % 90);
        expected += 1;
      }
      intact &&= page.upTo === expected - 1;
    }
    t.ok(intact);
    t.equal(expected, LENGTH + 1);
  });

  await t.test('is filtered across its ranges', async (t) => {
    const pages = await collect(store.readAll({ after: 49_000, types: ['T1'], tenantId: 't7', pageSize: 30 }));
    const positions = pages.flatMap(({ events }) => events.map(({ position }) => position));
    const wanted = (n: number) => n > 49_000 && n % 3 === 1 && n % 10 === 7;
    t.strictSame(positions, Array.from({ length: LENGTH }, (_, n) => n + 1).filter(wanted));
    t.equal(pages.at(-1)?.upTo, LENGTH);
  });

  await t.test('leaves no connection busy when readings are broken off and followers leave', async (t) => {
    for (let after = 0; after < LENGTH; after += 8_000) await breakOff(store, after);
    await until(async () => (await sessions(`application_name like 'here%' and state <> 'idle'`)) === 0);
    await until(async () => (await sessions(`query like 'listen%'`)) === 0);
    t.equal(await store.head(), LENGTH);
  });

  await t.test('whose reading is broken off by closing the store does not seem complete', async (t) => {
    const reading = async () => {
      for await (const _ of store.readAll({ after: 0, pageSize: 10 })) await store.close();
    };
    await t.rejects(reading(), Unavailable);
  });
});
