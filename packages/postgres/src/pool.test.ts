import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepPostgresRunning } from '@headroom/embedded-postgres';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import type pg from 'pg';
import t from 'tap';
import { createPool, inTransaction, isConnectionLoss, isUniqueViolation } from './index.ts';

t.setTimeout(120_000);

const poolFor = async (t: Tap, max = 4): Promise<pg.Pool> => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'pool-test', max });
  t.teardown(() => pool.end());
  return pool;
};

type Tap = { teardown(end: () => Promise<void>): unknown };

const fault = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('It was to fail');
    },
    (error: unknown) => error,
  );

t.test('values come out exact, and the same on every machine', async (t) => {
  const pool = await poolFor(t);
  const { rows } = await pool.query(`select
    9007199254740991::bigint as int8, count(*) as count,
    date '2026-03-01' as date, timestamp '2026-03-01 10:00:00' as local,
    timestamptz '2026-03-01 10:00:00.12+02' as millis, timestamptz '2026-03-01 10:00:00.123456Z' as micros,
    timestamptz 'infinity' as forever, 12345678901234567890.10::numeric as numeric,
    null::bigint as absent, '{"a": 1}'::json as json, 1.5::float8 as float`);
  t.strictSame(rows, [
    {
      int8: Number.MAX_SAFE_INTEGER,
      count: 1,
      date: '2026-03-01',
      local: '2026-03-01 10:00:00',
      millis: '2026-03-01T08:00:00.120Z',
      micros: '2026-03-01T10:00:00.123456Z',
      forever: 'infinity',
      numeric: '12345678901234567890.10',
      absent: null,
      json: { a: 1 },
      float: 1.5,
    },
  ]);
});

t.test('arrays of them do, too', async (t) => {
  const pool = await poolFor(t);
  const { rows } = await pool.query(`select
    array[1, null, 9007199254740991]::bigint[] as int8s, array[[1], [2]]::bigint[][] as nested,
    array['2026-03-01']::date[] as dates, array[0.10]::numeric[] as numerics, array[]::bigint[] as none,
    array['2026-03-01 10:00Z', null]::timestamptz[] as instants`);
  t.strictSame(rows, [
    {
      int8s: [1, null, Number.MAX_SAFE_INTEGER],
      nested: [[1], [2]],
      dates: ['2026-03-01'],
      numerics: ['0.10'],
      none: [],
      instants: ['2026-03-01T10:00:00.000Z', null],
    },
  ]);
});

t.test('an integer that a number cannot hold is an error, not a wrong number, and the pool goes on', async (t) => {
  const pool = await poolFor(t, 1);
  await t.rejects(pool.query('select 9007199254740992::bigint'), RangeError);
  t.strictSame((await pool.query('select 1 as one')).rows, [{ one: 1 }]);
});

t.test('sessions are in UTC and named', async (t) => {
  const pool = await poolFor(t);
  const { rows } = await pool.query(
    `select current_setting('TimeZone') as zone, current_setting('application_name') as name`,
  );
  t.strictSame(rows, [{ zone: 'UTC', name: 'pool-test' }]);
});

t.test('a unique violation is told from other faults, by constraint if asked', async (t) => {
  const pool = await poolFor(t);
  await pool.query('create table client (id int constraint client_key primary key, name text not null)');
  await pool.query(`insert into client values (1, 'Ada')`);
  const twice = await fault(pool.query(`insert into client values (1, 'Bob')`));
  t.ok(isUniqueViolation(twice));
  t.ok(isUniqueViolation(twice, 'client_key'));
  t.notOk(isUniqueViolation(twice, 'client_name'));
  t.notOk(isConnectionLoss(twice));
  t.notOk(isUniqueViolation(await fault(pool.query('insert into client values (2, null)'))));
  t.notOk(isUniqueViolation(undefined));
});

t.test('a transaction commits what it returns, and rolls back what throws', async (t) => {
  const pool = await poolFor(t, 1);
  await pool.query('create table note (body text)');
  t.equal(
    await inTransaction(pool, async (client) => (await client.query(`insert into note values ('kept')`)).rowCount),
    1,
  );
  const refused = new Error('refused');
  const thrown = await fault(
    inTransaction(pool, async (client) => {
      await client.query(`insert into note values ('dropped')`);
      throw refused;
    }),
  );
  t.equal(thrown, refused);
  t.strictSame((await pool.query('select body from note')).rows, [{ body: 'kept' }]);
});

t.test('a session ended by the server is a connection loss for who uses it, and the pool replaces it', async (t) => {
  const pool = await poolFor(t, 2);
  const kill = async (pid: number) => pool.query('select pg_terminate_backend($1)', [pid]);
  const held = inTransaction(pool, async (client) => {
    const { rows } = await client.query('select pg_backend_pid() as pid');
    await kill(rows[0].pid);
    await sleep(50);
    await client.query('select 1');
  });
  t.ok(isConnectionLoss(await fault(held)), 'while a transaction sat idle');
  const { rows } = await pool.query('select pg_backend_pid() as pid');
  const asleep = fault(pool.query('select pg_sleep(60)'));
  const found = async () =>
    (
      await pool.query(
        `select pid from pg_stat_activity where query like 'select pg_sleep%' and datname = current_database()`,
      )
    ).rows;
  let sleepers = await found();
  while (sleepers.length === 0) sleepers = await found();
  await kill(sleepers[0].pid);
  t.ok(isConnectionLoss(await asleep), 'while a statement ran');
  t.type(rows[0].pid, 'number');
  t.strictSame((await pool.query('select 1 as one')).rows, [{ one: 1 }]);
});

t.test('a loss of an idle session is told, and bothers nobody', async (t) => {
  const { connectionString } = await testDatabase(t);
  const losses: Error[] = [];
  const pool = createPool(connectionString, { applicationName: 'idle', onIdleLoss: (error) => losses.push(error) });
  const other = createPool(connectionString, { applicationName: 'other' });
  t.teardown(() => Promise.all([pool.end(), other.end()]).then(() => undefined));
  const { rows } = await pool.query('select pg_backend_pid() as pid');
  const removed = new Promise((resolve) => pool.once('remove', resolve));
  await other.query('select pg_terminate_backend($1)', [rows[0].pid]);
  await removed;
  t.ok(isConnectionLoss(losses[0]));
  t.strictSame((await pool.query('select 1 as one')).rows, [{ one: 1 }]);
});

t.test('kill -9 of the server is a connection loss, and the pool comes back with it', async (t) => {
  const dataDir = mkdtempSync('/tmp/postgres-test-');
  const server = await keepPostgresRunning({ dataDir, settings: { fsync: 'off' } });
  const pool = createPool(server.connectionString, { applicationName: 'killed', max: 2 });
  t.teardown(async () => {
    await pool.end();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const { pid } = server;
  const held = await pool.connect();
  const asleep = fault(held.query('select pg_sleep(60)'));
  process.kill(pid, 'SIGKILL');
  // A session notices the death of its server only when it next waits for something.
  t.ok(isConnectionLoss(await asleep));
  held.release(true);
  const losses: unknown[] = [];
  for (;;) {
    const answer = await pool.query('select 1 as one').catch((error: unknown) => void losses.push(error));
    if (answer) break;
    await sleep(20);
  }
  t.ok(losses.every(isConnectionLoss), 'every failure until then is known as one');
});

t.test('what nobody serves is a connection loss', async (t) => {
  for (const url of ['postgresql://nobody@%2Ftmp%2Fnowhere:5432/none', 'postgresql://nobody@localhost:1/none']) {
    const pool = createPool(url, { applicationName: 'lost' });
    t.ok(isConnectionLoss(await fault(pool.query('select 1'))), url);
    await pool.end();
  }
  t.ok(isConnectionLoss(new Error('append failed', { cause: { code: '57P03' } })), 'also as a cause');
  t.notOk(isConnectionLoss(new Error('Connection pool exhausted by design')));
  t.notOk(isConnectionLoss({ code: 'ENOENT', syscall: 'open' }));
});
