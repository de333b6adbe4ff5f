import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import t from 'tap';
import type { ServerExit } from './guarded-server.ts';
import { keepPostgresRunning } from './keep-running.ts';

t.setTimeout(120_000);

const dataDir = mkdtempSync('/tmp/embedded-test-');
t.teardown(() => rm(dataDir, { recursive: true, force: true }));

const ask = async (connection: pg.ClientConfig): Promise<unknown[]> => {
  const client = new pg.Client(connection);
  try {
    await client.connect();
    return (await client.query('select 1 as one')).rows;
  } finally {
    await client.end();
  }
};

t.test('a server that dies is back at the same address, until it keeps dying', async (t) => {
  const deaths: ServerExit[] = [];
  const server = await keepPostgresRunning({ dataDir, onDeath: (exit) => deaths.push(exit) });
  t.teardown(() => server.stop());
  for (const death of [1, 2, 3, 4]) {
    const { pid } = server;
    process.kill(pid, 'SIGKILL');
    while (server.pid === pid) await sleep(10);
    t.strictSame(await ask(server.connection), [{ one: 1 }], `after death ${death}`);
  }
  process.kill(server.pid, 'SIGKILL');
  t.match(await server.exited, { asked: false, signal: 'SIGKILL' });
  t.equal(deaths.length, 5);
});

t.test('a server that was stopped stays so, also when it died just before', async (t) => {
  const server = await keepPostgresRunning({ dataDir });
  await server.stop();
  t.match(await server.exited, { asked: true, code: 0 });
  const another = await keepPostgresRunning({ dataDir });
  process.kill(another.pid, 'SIGKILL');
  await sleep(50);
  await another.stop();
  await another.exited;
  await t.rejects(ask(another.connection), { code: 'ENOENT' });
});
