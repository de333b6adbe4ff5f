import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepPostgresRunning } from '@headroom/embedded-postgres';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import t from 'tap';
import { createPool, isConnectionLoss, listen } from './index.ts';

t.setTimeout(120_000);

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(10);
};

type Tap = { teardown(end: () => Promise<void>): unknown };

const setUp = async (t: Tap) => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'notifier', max: 2 });
  t.teardown(() => pool.end());
  const notify = (channel: string, payload: string) => pool.query('select pg_notify($1, $2)', [channel, payload]);
  const listeners = async (): Promise<number[]> => {
    const sql = `select pid from pg_stat_activity where datname = current_database() and application_name like 'listen %'`;
    return (await pool.query<{ pid: number }>(sql)).rows.map(({ pid }) => pid);
  };
  return { connectionString, pool, notify, listeners };
};

t.test('each notification of the channel is heard, and none of others', async (t) => {
  const { connectionString, notify, listeners } = await setUp(t);
  const heard: (string | undefined)[] = [];
  const listener = listen(connectionString, 'Events "quoted"', (payload) => heard.push(payload));
  await listener.ready;
  t.strictSame(heard, [undefined], 'told once that listening began');
  await notify('other', '0');
  await notify('Events "quoted"', '1');
  await notify('Events "quoted"', '');
  await until(() => heard.length === 3);
  t.strictSame(heard, [undefined, '1', '']);
  await listener.close();
  await listener.close();
  await until(async () => (await listeners()).length === 0);
});

t.test('after its session was ended it listens again, and tells that something may have been missed', async (t) => {
  const { connectionString, pool, notify, listeners } = await setUp(t);
  const heard: (string | undefined)[] = [];
  const losses: Error[] = [];
  const listener = listen(connectionString, 'events', (payload) => heard.push(payload), {
    onLoss: (error) => losses.push(error),
  });
  t.teardown(() => listener.close());
  await listener.ready;
  for (const round of [1, 2]) {
    await pool.query('select pg_terminate_backend($1)', await listeners());
    await until(() => heard.length === 2 * round);
    await notify('events', String(round));
    await until(() => heard.length === 2 * round + 1);
  }
  t.strictSame(heard, [undefined, undefined, '1', undefined, '2']);
  t.equal(losses.length, 2);
  t.ok(losses.every(isConnectionLoss));
});

t.test('kill -9 of the server is outlasted', async (t) => {
  const dataDir = mkdtempSync('/tmp/postgres-test-');
  const server = await keepPostgresRunning({ dataDir, settings: { fsync: 'off' } });
  const heard: (string | undefined)[] = [];
  const listener = listen(server.connectionString, 'events', (payload) => heard.push(payload));
  t.teardown(async () => {
    await listener.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  await listener.ready;
  process.kill(server.pid, 'SIGKILL');
  await until(() => heard.length === 2);
  t.strictSame(heard, [undefined, undefined]);
});

t.test('a server that is stopped in its tracks is noticed by its silence', async (t) => {
  const { connectionString, listeners } = await setUp(t);
  const losses: Error[] = [];
  const listener = listen(connectionString, 'events', () => undefined, {
    onLoss: (error) => losses.push(error),
    heartbeatMs: 50,
  });
  await listener.ready;
  const [pid = 0] = await listeners();
  process.kill(pid, 'SIGSTOP');
  await until(() => losses.length > 0);
  process.kill(pid, 'SIGCONT');
  await listener.close();
  t.pass('and it gave up that session');
});

t.test('it can be closed while nobody serves', async (t) => {
  const losses: Error[] = [];
  const listener = listen('postgresql://nobody@%2Ftmp%2Fnowhere:5432/none', 'events', () => t.fail('nothing to hear'), {
    onLoss: (error) => losses.push(error),
  });
  await until(() => losses.length >= 2);
  await listener.close();
  await listener.ready;
  t.ok(losses.every(isConnectionLoss));
});

t.test('it can be closed before it has connected', async (t) => {
  const { connectionString, listeners } = await setUp(t);
  const listener = listen(connectionString, 'events', () => t.fail('closed'));
  await listener.close();
  await until(async () => (await listeners()).length === 0);
});
