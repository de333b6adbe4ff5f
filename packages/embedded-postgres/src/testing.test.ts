import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import t from 'tap';
import { startSharedTestPostgres, testDatabase, testPostgres } from './testing.ts';

// This run may itself stand on a shared cluster; these tests make their own.
delete process.env.HEADROOM_TEST_POSTGRES;

t.setTimeout(120_000);

const ask = async (connectionString: string, sql: string): Promise<unknown[][]> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
};

const testing = new URL('testing.ts', import.meta.url).href;

/** Runs code in a process of its own; gives the first line it prints as JSON, and how it ended. */
const inProcess = async (code: string, env: NodeJS.ProcessEnv = process.env) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  const ended = once(child, 'exit');
  const [line] = await once(child.stdout, 'data');
  const [exitCode, signal] = await ended;
  return { said: JSON.parse(String(line)) as { host: string; dataDir: string }, exitCode, signal };
};

const sayWhere = `
  import { testDatabase } from '${testing}';
  import pg from '${import.meta.resolve('pg')}';
  const { connection } = await testDatabase();
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query("select current_setting('data_directory') as dir");
  await client.end();
  console.log(JSON.stringify({ host: connection.host, dataDir: rows[0].dir }));`;

const gone = async (path: string): Promise<void> => {
  while (existsSync(path)) await sleep(20);
};

t.test('each test database is empty and of its own, in one cluster', async (t) => {
  const [one, two] = await Promise.all([testDatabase(t), testDatabase(t)]);
  await ask(one.connectionString, 'create table only_here ()');
  t.strictSame(await ask(two.connectionString, `select to_regclass('only_here') is null`), [[true]]);
  t.equal(one.connection.host, two.connection.host);
  t.equal((await testPostgres()).connection.host, one.connection.host);
});

t.test('a dropped database is gone, with whoever was connected', async (t) => {
  const { connection, connectionString, drop } = await testDatabase();
  const idle = new pg.Client(connection);
  const losses: unknown[] = [];
  idle.on('error', (error) => losses.push(error));
  await idle.connect();
  const ended = new Promise<void>((resolve) => idle.once('end', resolve));
  await drop();
  await drop();
  await ended;
  t.match(losses[0], { code: '57P01' });
  await t.rejects(ask(connectionString, 'select 1'), { code: '3D000' });
});

t.test('a test process that just ends leaves nothing', async (t) => {
  const { said, exitCode } = await inProcess(sayWhere);
  t.equal(exitCode, 0);
  await gone(said.host);
  await gone(said.dataDir);
});

t.test('a test process that is killed leaves nothing', async (t) => {
  const { said, signal } = await inProcess(`${sayWhere} process.kill(process.pid, 'SIGKILL');`);
  t.equal(signal, 'SIGKILL');
  await gone(said.host);
  await gone(said.dataDir);
});

t.test('processes of one run share the cluster its runner started', async (t) => {
  const shared = await startSharedTestPostgres();
  t.equal(process.env.HEADROOM_TEST_POSTGRES, shared.connectionString);
  const [one, two] = await Promise.all([inProcess(sayWhere), inProcess(sayWhere)]);
  t.equal(one.said.host, shared.connection.host);
  t.equal(two.said.host, shared.connection.host);
  t.strictSame(await ask(shared.connectionString, 'select 1'), [[1]], 'and leave it running');
  await shared.stop();
  t.equal(process.env.HEADROOM_TEST_POSTGRES, undefined);
  t.notOk(existsSync(one.said.dataDir));
});
