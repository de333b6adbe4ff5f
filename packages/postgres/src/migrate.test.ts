import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import t from 'tap';
import { createPool, MigrationError, migrate, pendingMigrations } from './index.ts';

t.setTimeout(120_000);

type Tap = { teardown(end: () => unknown): unknown };

const setUp = async (t: Tap, files: Record<string, string>) => {
  const folder = mkdtempSync('/tmp/migrations-');
  const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql);
  for (const [name, sql] of Object.entries(files)) write(name, sql);
  const { connectionString } = await testDatabase({ teardown: (drop) => t.teardown(drop) });
  const pool = createPool(connectionString, { applicationName: 'migrate-test' });
  t.teardown(async () => {
    await pool.end();
    rmSync(folder, { recursive: true });
  });
  return { pool, connectionString, folder, write, migrations: { component: 'log', folder } };
};

const log = {
  '0001-events.sql': 'create table event (position bigint primary key);',
  '0002-types.sql': 'alter table event add column type text; create index event_type on event (type);',
};

t.test('migrations are applied in order, once, and recorded', async (t) => {
  const { pool, migrations, folder, write } = await setUp(t, log);
  t.strictSame(await pendingMigrations(pool, migrations), ['0001-events.sql', '0002-types.sql']);
  t.strictSame(await migrate(pool, migrations), ['0001-events.sql', '0002-types.sql']);
  t.strictSame(await migrate(pool, { component: 'log', folder: pathToFileURL(`${folder}/`) }), []);
  write('0003-at.sql', 'alter table event add column at timestamptz');
  t.strictSame(await pendingMigrations(pool, migrations), ['0003-at.sql']);
  t.strictSame(await migrate(pool, migrations), ['0003-at.sql']);
  t.strictSame(await pendingMigrations(pool, migrations), []);
  await pool.query('insert into event (position, type, at) values (1, $1, now())', ['HoursLogged']);
});

t.test('components have their own numbering', async (t) => {
  const { pool, migrations } = await setUp(t, { '0001-events.sql': 'create table if not exists event ()' });
  await migrate(pool, migrations);
  const other = { ...migrations, component: 'notary' };
  t.strictSame(await pendingMigrations(pool, other), ['0001-events.sql']);
  t.strictSame(await migrate(pool, other), ['0001-events.sql']);
});

t.test('processes that start together apply each migration once', async (t) => {
  const { pool, connectionString, migrations } = await setUp(t, log);
  const pools = [1, 2, 3].map(() => createPool(connectionString, { applicationName: 'starter' }));
  t.teardown(() => Promise.all(pools.map((each) => each.end())));
  const applied = await Promise.all(pools.map((each) => migrate(each, migrations)));
  t.strictSame(applied.flat().sort(), ['0001-events.sql', '0002-types.sql']);
  t.strictSame((await pool.query('select count(*) as n from headroom.migration')).rows, [{ n: 2 }]);
});

t.test('a migration that fails leaves nothing of itself, and what went before stays', async (t) => {
  const { pool, migrations, write } = await setUp(t, {
    ...log,
    '0003-broken.sql': 'create table half (); select 1 / 0;',
  });
  await t.rejects(migrate(pool, migrations), {
    name: 'MigrationError',
    migration: '0003-broken.sql',
    message: /log\/0003-broken.sql failed: division by zero/,
    cause: { code: '22012' },
  });
  t.strictSame((await pool.query(`select to_regclass('half') as half`)).rows, [{ half: null }]);
  t.strictSame(await pendingMigrations(pool, migrations), ['0003-broken.sql']);
  write('0003-broken.sql', 'create table whole ()');
  t.strictSame(await migrate(pool, migrations), ['0003-broken.sql']);
});

t.test('history that was edited, lost or reordered is refused, and nothing is applied', async (t) => {
  const { pool, migrations, folder, write } = await setUp(t, log);
  await migrate(pool, migrations);
  const refused = async (problem: RegExp) => {
    await t.rejects(migrate(pool, migrations), problem);
    await t.rejects(pendingMigrations(pool, migrations), problem);
    t.ok(await migrate(pool, migrations).catch((error) => error instanceof MigrationError));
  };
  write('0003-next.sql', 'create table never ()');
  write('0001-events.sql', 'create table event (position int primary key);');
  await refused(/0001-events.sql was edited/);
  write('0001-events.sql', log['0001-events.sql'].replaceAll('\n', '\r\n'));
  rmSync(join(folder, '0002-types.sql'));
  await refused(/0002-types.sql was applied to this database, but its file is missing/);
  write('0002-types.sql', log['0002-types.sql']);
  write('0000-before.sql', 'create table never ()');
  await refused(/0000-before.sql comes before 0002-types.sql/);
  t.strictSame((await pool.query(`select to_regclass('never') as never`)).rows, [{ never: null }]);
});

t.test('line ends do not count as an edit', async (t) => {
  const { pool, migrations, write } = await setUp(t, { '0001-note.sql': 'create table note (\n body text\n);\n' });
  await migrate(pool, migrations);
  write('0001-note.sql', 'create table note (\r\n body text\r\n);\r\n');
  t.strictSame(await migrate(pool, migrations), []);
});

t.test('misnamed files are refused', async (t) => {
  const { pool, migrations, folder, write } = await setUp(t, { ...log, '3-short.sql': 'select 1' });
  await t.rejects(migrate(pool, migrations), /3-short.sql must be named like/);
  rmSync(join(folder, '3-short.sql'));
  write('0002-again.sql', 'select 1');
  await t.rejects(migrate(pool, migrations), /0002-types.sql has the number of 0002-again.sql/);
  rmSync(join(folder, '0002-again.sql'));
  write('README.md', 'not a migration');
  t.equal((await migrate(pool, migrations)).length, 2);
});
