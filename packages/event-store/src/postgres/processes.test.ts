import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { derivedId, streamName } from '@headroom/kernel';
import { createPool } from '@headroom/postgres';
import t, { type Test } from 'tap';
import { follow } from '../contract-suite/follower.ts';
import { until } from '../contract-suite/scene.ts';
import { type EventStore, type StoredEvent, UnknownOutcome } from '../port.ts';
import { createPostgresEventStore, migrateEventStore } from './index.ts';

const open = async (t: Test) => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'test', max: 2 });
  await migrateEventStore(pool);
  const store = await createPostgresEventStore({ connectionString, applicationName: 'here' });
  t.teardown(async () => {
    await store.close();
    await pool.end();
  });
  return { connectionString, pool, store };
};

interface Appender {
  readonly process: ChildProcess;
  readonly acknowledged: string[];
  readonly ended: Promise<unknown>;
}

const startAppender = (t: Test, connectionString: string, name: string): Appender => {
  const script = fileURLToPath(new URL('./appending-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, connectionString, name], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.teardown(() => void child.kill('SIGKILL'));
  const acknowledged: string[] = [];
  createInterface({ input: child.stdout }).on('line', (id) => acknowledged.push(id));
  return { process: child, acknowledged, ended: once(child, 'close') };
};

/** What the log holds, read as any reader would. */
const readLog = async (store: EventStore): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of store.readAll({ after: 0 })) events.push(...page.events);
  return events;
};

const isGapless = (positions: readonly number[]): boolean => positions.every((position, n) => position === n + 1);

t.test('two processes append at once: positions are gapless, each acknowledged event is there once', async (t) => {
  const { connectionString, store } = await open(t);
  const follower = follow(store, { after: 0 });
  const appenders = ['one', 'two'].map((name) => startAppender(t, connectionString, name));
  await until(() => appenders.every(({ acknowledged }) => acknowledged.length >= 300));
  for (const { process } of appenders) process.stdin?.end();
  for (const { ended } of appenders) t.strictSame(await ended, [0, null]);
  const acknowledged = appenders.flatMap((appender) => appender.acknowledged);
  const events = await readLog(store);
  t.ok(isGapless(events.map(({ position }) => position)));
  t.strictSame(events.map(({ id }) => id).toSorted(), acknowledged.toSorted());
  await until(() => follower.upTo() >= events.length);
  await follower.stop();
  t.strictSame(
    follower.events.map(({ position }) => position),
    events.map(({ position }) => position),
  );
});

t.test('kill -9 of an appending process: what it acknowledged is there, and the other goes on', async (t) => {
  const { connectionString, store } = await open(t);
  const survivor = startAppender(t, connectionString, 'survivor');
  await until(() => survivor.acknowledged.length >= 50);
  for (let n = 0; n < 3; n += 1) {
    const victim = startAppender(t, connectionString, `victim${n}`);
    await until(() => victim.acknowledged.length >= 50);
    victim.process.kill('SIGKILL');
    await victim.ended;
    const before = survivor.acknowledged.length;
    await until(() => survivor.acknowledged.length > before + 20);
    const stored = new Set((await readLog(store)).map(({ id }) => id));
    t.strictSame(
      victim.acknowledged.filter((id) => !stored.has(id)),
      [],
    );
  }
  survivor.process.stdin?.end();
  await survivor.ended;
  const events = await readLog(store);
  t.ok(isGapless(events.map(({ position }) => position)));
  const stored = new Set(events.map(({ id }) => id));
  t.equal(stored.size, events.length, 'nothing is there twice');
  t.strictSame(
    survivor.acknowledged.filter((id) => !stored.has(id)),
    [],
  );
});

t.test(
  'the sessions of a loaded store are terminated again and again: no acknowledged event is lost or doubled',
  async (t) => {
    const { pool, store } = await open(t);
    const follower = follow(store, { after: 0 });
    const outcomes = { unknown: 0, repeated: 0 };
    let acknowledged = 0;
    const write = async (writer: number): Promise<void> => {
      const streamId = streamName('process', 'here', String(writer));
      for (let n = 0; n < 50; ) {
        const id = derivedId(streamId, String(n));
        const meta = { tenantId: 'here', actor: 'system:test', commandKey: id, fingerprint: '', correlationId: id };
        try {
          const outcome = await store.append({
            streamId,
            expected: n - 1,
            events: [{ id, type: 'Ticked', data: { n }, meta }],
          });
          if (outcome.kind === 'conflict') throw new Error(`${streamId} is not at ${n - 1}`);
          if (outcome.repeated) outcomes.repeated += 1;
          acknowledged += 1;
          n += 1;
        } catch (error) {
          if (!(error instanceof UnknownOutcome)) throw error;
          outcomes.unknown += 1;
        }
      }
    };
    const writers = Promise.all(Array.from({ length: 32 }, (_, writer) => write(writer)));
    for (let kills = 1; kills <= 10; kills += 1) {
      await until(() => acknowledged >= kills * 140);
      await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'here%'`);
    }
    await writers;
    const events = await readLog(store);
    t.ok(isGapless(events.map(({ position }) => position)));
    t.equal(events.length, 32 * 50);
    t.equal(new Set(events.map(({ id }) => id)).size, events.length);
    t.ok(
      outcomes.unknown > 0,
      `appends whose outcome was unknown: ${outcomes.unknown}, of which taken: ${outcomes.repeated}`,
    );
    await until(() => follower.upTo() >= events.length);
    await follower.stop();
    t.strictSame(
      follower.events.map(({ position }) => position),
      events.map(({ position }) => position),
    );
  },
);
