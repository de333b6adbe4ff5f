/** What a stranger does to it: starts it, stops it, kills it, starts it again. */

import { createServer } from 'node:net';
import t from 'tap';
import { startProgram } from '../test-support/program.ts';
import {
  ask,
  dataFolder,
  exists,
  isAlive,
  type Standalone,
  startStandalone,
  until,
} from '../test-support/standalone.ts';

/** Whole processes are started here, maybe on a machine that has other things to do. */
const patiently = { timeout: 240_000 };
t.setTimeout(600_000);

const stage = '/v1/stages/landing-design/profitability';

const registerClient = (headroom: Standalone, clientId: string) =>
  ask(headroom, '/v1/clients', { key: clientId, body: { clientId, name: clientId, since: '2026-01-01' } });

const clientsOf = async (headroom: Standalone): Promise<string[]> => {
  const { status, body } = await ask(headroom, '/v1/clients?limit=200');
  if (status !== 200) return [];
  return body.items.map(({ clientId }: { clientId: string }) => clientId);
};

/** Once a new process has caught up, what was acknowledged by an old one is there. */
const comesToHave = (headroom: Standalone, clientId: string) =>
  until(async () => (await clientsOf(headroom)).includes(clientId));

t.test('a first start, its end, and a second start', patiently, async (t) => {
  const dataDir = dataFolder(t);
  const first = await startStandalone(t, dataDir);
  t.match(first.out(), /Demo agency loaded/);
  t.match(await ask(first, stage), {
    status: 200,
    body: {
      cost: { minor: 11_910_225 },
      estimateAtCompletion: { minor: 12_841_425 },
      forecastMargin: '0.357929',
      headroom: { money: { minor: -841_425 } },
      plan: { cost: { minor: 11_001_750 }, margin: '0.449913' },
    },
  });
  t.equal((await ask(first, '/readyz')).status, 200);
  t.match(await registerClient(first, 'kept'), { status: 201 });

  const [postgresPid, socketDirectory] = [first.postgresPid(), first.socketDirectory()];
  first.child.kill('SIGTERM');
  t.equal(await first.ended, 0, 'SIGTERM ends it well');
  t.notOk(isAlive(postgresPid), 'and the database with it');
  t.notOk(exists(socketDirectory), 'and nothing is left of its socket');
  t.notOk(exists(`${dataDir}/running.json`));

  const second = await startStandalone(t, dataDir);
  t.notMatch(second.out(), /loaded/, 'the demo is not loaded again');
  t.equal(second.owner, first.owner, 'the keys are the same');
  t.ok((await clientsOf(second)).includes('kept'), 'the data is there');
  second.child.kill('SIGINT');
  second.child.kill('SIGINT');
  t.equal(await second.ended, 0, 'Ctrl-C, which reaches it from the terminal and from npm, ends it well');
});

t.test('kill -9 of anything loses nothing that was acknowledged', patiently, async (t) => {
  const dataDir = dataFolder(t);
  const first = await startStandalone(t, dataDir, { DEMO: 'off' });
  t.match(await registerClient(first, 'before-node-died'), { status: 201 });
  const postgresPid = first.postgresPid();
  first.child.kill('SIGKILL');
  await first.ended;
  await until(() => !isAlive(postgresPid));
  t.pass('the database ends with its process');

  const second = await startStandalone(t, dataDir, { DEMO: 'off' });
  await comesToHave(second, 'before-node-died');
  t.match(await registerClient(second, 'before-postgres-died'), { status: 201 });
  const killed = second.postgresPid();
  process.kill(killed, 'SIGKILL');
  await until(async () => (await registerClient(second, 'after-postgres-died')).status === 201);
  // A session that has not noticed yet that its server is gone may still have answered.
  await until(() => exists(`${dataDir}/postgres/postmaster.pid`) && second.postgresPid() !== killed);
  t.ok(isAlive(second.postgresPid()), 'the database was started again under the same process');
  await comesToHave(second, 'after-postgres-died');
  t.ok((await clientsOf(second)).includes('before-postgres-died'));

  second.child.disconnect();
  t.equal(await second.ended, 0, 'it ends when the process that started it has vanished');
  t.notOk(exists(`${dataDir}/postgres/postmaster.pid`));
});

t.test('what is in the way is told in a line', patiently, async (t) => {
  const dataDir = dataFolder(t);
  const squatter = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  t.teardown(() => void squatter.close());
  const { port } = squatter.address() as { port: number };
  const refused = startProgram(t, 'standalone.ts', { env: { PORT: String(port), DATA_DIR: dataDir } });
  t.equal(await refused.ended, 1);
  t.match(refused.err(), new RegExp(`^headroom: Port ${port} of 127.0.0.1 is in use: .*PORT=0.*\n$`));

  const running = await startStandalone(t, dataDir, { DEMO: 'off' });
  t.match(running.out(), /headroom -- key create/, 'without the demo it says how to begin');
  const second = startProgram(t, 'standalone.ts', { env: { PORT: '0', DATA_DIR: dataDir } });
  t.equal(await second.ended, 1);
  t.match(second.err(), /^headroom: .* is in use by another Headroom .*DATA_DIR.*\n$/);
  t.equal((await ask(running, '/readyz')).status, 200, 'the first one goes on');

  const wrong = startProgram(t, 'standalone.ts', { env: { PORT: 'eighty', LOG_LEVEL: 'loud' } });
  t.equal(await wrong.ended, 2);
  t.match(wrong.err(), /^headroom: PORT is "eighty", .*\nheadroom: LOG_LEVEL is "loud", .*\n$/);
});
