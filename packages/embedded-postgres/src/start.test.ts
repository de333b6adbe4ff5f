import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import t from 'tap';
import { DataDirectoryInUse, type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { isAlive } from './is-alive.ts';
import { isRoot, serverUser } from './server-user.ts';

const root = mkdtempSync('/tmp/embedded-test-');
chmodSync(root, 0o777);
t.setTimeout(120_000);
t.teardown(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

const start = async (
  t: { teardown(stop: () => Promise<void>): unknown },
  name: string,
  settings = {},
): Promise<EmbeddedPostgres> => {
  const server = await startEmbeddedPostgres({ dataDir: join(root, name), settings });
  t.teardown(() => server.stop());
  return server;
};

/** A stopped cluster under that name, made once and copied: making one takes most of a start's time. */
const cluster = async (name: string): Promise<string> => {
  const dataDir = join(root, name);
  const copy = spawn('cp', ['-a', await template, dataDir]);
  await once(copy, 'exit');
  return dataDir;
};

const template = (async () => {
  const dataDir = join(root, 'template');
  await (await startEmbeddedPostgres({ dataDir })).stop();
  return dataDir;
})();

const ask = async (connectionString: string, sql: string): Promise<unknown[][]> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await sleep(20);
};

/** Processes whose command line names the directory: the server, or the watcher left behind for it. */
const processesNaming = (text: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);

/** A process that starts a server over the directory, says where it is, and does nothing more. */
const parentOf = async (dataDir: string): Promise<{ parent: ChildProcess; pid: number; host: string }> => {
  const code = `
    import { startEmbeddedPostgres } from '${new URL('index.ts', import.meta.url).href}';
    const { pid, connection } = await startEmbeddedPostgres({ dataDir: process.argv[1] });
    console.log(JSON.stringify({ pid, host: connection.host }));
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  return { parent, ...(JSON.parse(String(line)) as { pid: number; host: string }) };
};

t.test('the first start makes user and database, and what is written survives a restart', async (t) => {
  const first = await startEmbeddedPostgres({ dataDir: join(root, 'kept') });
  t.strictSame(await ask(first.connectionString, 'select current_user::text, current_database()::text'), [
    ['headroom', 'headroom'],
  ]);
  const viaConfig = new pg.Client(first.connection);
  await viaConfig.connect();
  await viaConfig.query('create table note (body text); insert into note values ($$kept$$)');
  await viaConfig.end();
  await first.stop();
  await first.stop();
  t.match(await first.exited, { asked: true, code: 0 });
  t.notOk(existsSync(first.connection.host), 'the socket directory is gone');
  const second = await start(t, 'kept');
  t.strictSame(await ask(second.connectionString, 'select body from note'), [['kept']]);
});

t.test('a server is durable, takes no port, and obeys settings given', async (t) => {
  const log: string[] = [];
  const server = await startEmbeddedPostgres({
    dataDir: await cluster('configured'),
    settings: { work_mem: '7MB' },
    log: (line) => log.push(line),
  });
  t.teardown(() => server.stop());
  const settings = `select name, setting from pg_settings where name in
    ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'work_mem', 'TimeZone') order by name collate "C"`;
  t.strictSame(await ask(server.connectionString, settings), [
    ['TimeZone', 'UTC'],
    ['fsync', 'on'],
    ['full_page_writes', 'on'],
    ['listen_addresses', ''],
    ['synchronous_commit', 'on'],
    ['work_mem', '7168'],
  ]);
  t.equal(statSync(server.connection.host).mode & 0o777, 0o700, 'only its user reaches the socket');
  t.strictSame(await ask(server.connectionString, `select 'Ä' > 'Z', lower('Ä')`), [[true, 'ä']], 'text sorts by code');
  t.ok(log.some((line) => line.includes('ready to accept connections')));
});

t.test('a second start over the same directory is refused, and the first goes on', async (t) => {
  await cluster('shared');
  const server = await start(t, 'shared');
  await t.rejects(startEmbeddedPostgres({ dataDir: join(root, 'shared') }), DataDirectoryInUse);
  t.strictSame(await ask(server.connectionString, 'select 1'), [[1]]);
});

t.test('of two first starts at once one serves, the other is refused, and no half cluster stays', async (t) => {
  const dataDir = join(root, 'contended');
  const outcomes = await Promise.allSettled([startEmbeddedPostgres({ dataDir }), startEmbeddedPostgres({ dataDir })]);
  for (const outcome of outcomes) if (outcome.status === 'fulfilled') t.teardown(() => outcome.value.stop());
  const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
  t.equal(refusals.length, 1);
  t.ok(refusals[0]?.reason instanceof DataDirectoryInUse);
  t.strictSame(
    readdirSync(root).filter((name) => name.startsWith('contended.')),
    [],
  );
});

t.test(
  'kill -9 of the server is told, leaves no watcher, and the next start recovers what was committed',
  async (t) => {
    const first = await startEmbeddedPostgres({ dataDir: await cluster('killed') });
    await ask(first.connectionString, 'create table note (body text)');
    await ask(first.connectionString, `insert into note values ('committed')`);
    process.kill(first.pid, 'SIGKILL');
    t.match(await first.exited, { asked: false, code: null, signal: 'SIGKILL' });
    const second = await start(t, 'killed');
    t.strictSame(await ask(second.connectionString, 'select body from note'), [['committed']]);
    await until(() => processesNaming(first.connection.host).length === 0);
    t.notOk(existsSync(first.connection.host));
  },
);

t.test('kill -9 of the parent ends the server, and a start right afterwards succeeds', async (t) => {
  const { parent, pid, host } = await parentOf(await cluster('orphaned'));
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  const server = await start(t, 'orphaned');
  t.strictSame(await ask(server.connectionString, 'select 1'), [[1]]);
  await until(() => !isAlive(pid) && processesNaming(host).length === 0);
  t.notOk(existsSync(host), 'the watcher removed the socket directory');
  t.notSame(server.pid, pid);
});

t.test('a stale lock file whose number now belongs to a stranger does not stop a start', async (t) => {
  const dataDir = await cluster('reused-number');
  const first = await startEmbeddedPostgres({ dataDir });
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const stranger = spawn('sleep', ['600'], { ...serverUser(), cwd: '/', stdio: 'ignore' });
  t.teardown(() => stranger.kill());
  const lock = join(dataDir, 'postmaster.pid');
  writeFileSync(lock, readFileSync(lock, 'utf8').replace(String(first.pid), String(stranger.pid)));
  const second = await start(t, 'reused-number');
  t.strictSame(await ask(second.connectionString, 'select 1'), [[1]]);
  t.ok(isAlive(stranger.pid ?? 0));
});

t.test('a lock file of a process that is no more does not stop a start', async (t) => {
  const dataDir = await cluster('dead-number');
  const first = await startEmbeddedPostgres({ dataDir });
  const lock = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8');
  await first.stop();
  writeFileSync(join(dataDir, 'postmaster.pid'), lock);
  const { uid, gid } = statSync(dataDir);
  chownSync(join(dataDir, 'postmaster.pid'), uid, gid);
  const second = await start(t, 'dead-number');
  t.strictSame(await ask(second.connectionString, 'select 1'), [[1]]);
});

t.test('a directory that holds something else is left alone', async (t) => {
  const dataDir = join(root, 'photos');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'holiday.jpg'), 'sea');
  await t.rejects(startEmbeddedPostgres({ dataDir }), /neither empty nor a database/);
  t.strictSame(readdirSync(dataDir), ['holiday.jpg']);
});

t.test('an empty directory is used, and a cluster that a dead process had half made is swept away', async (t) => {
  const gone = spawn('true');
  await once(gone, 'exit');
  mkdirSync(join(root, 'empty'));
  mkdirSync(join(root, `empty.making-${gone.pid}-abc`));
  mkdirSync(join(root, `empty.making-${process.pid}-abc`));
  const server = await start(t, 'empty');
  t.strictSame(await ask(server.connectionString, 'select 1'), [[1]]);
  t.strictSame(
    readdirSync(root).filter((name) => name.startsWith('empty.')),
    [`empty.making-${process.pid}-abc`],
    'what a living process is making stays',
  );
});

t.test('a strict umask does not lock the server out of the directories made for it', async (t) => {
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  const server = await start(t, 'deep/down/below');
  t.strictSame(await ask(server.connectionString, 'select 1'), [[1]]);
});

t.test('a setting the server refuses is an error that quotes the server', async (t) => {
  const dataDir = await cluster('misconfigured');
  await t.rejects(startEmbeddedPostgres({ dataDir, settings: { work_mem: 'plenty' } }), /work_mem.*plenty/);
});

t.test('root serves existing data as its owner', { skip: !isRoot() && 'only root can' }, async (t) => {
  const dataDir = await cluster('inherited');
  const chown = spawn('chown', ['-R', '65534:65534', dataDir]);
  await once(chown, 'exit');
  const server = await start(t, 'inherited');
  t.equal(statSync(`/proc/${server.pid}`).uid, 65534);
  t.strictSame(await ask(server.connectionString, 'select 1'), [[1]]);
});
