/** The stand-in, tried with the official client alone: what is built against it should find the same in the server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  type Filter,
  type JSONEventData,
  jsonEvent,
  NO_STREAM,
  streamNameFilter,
} from '@eventstore/db-client';
import t, { type Test } from 'tap';
import { until } from '../../contract-suite/scene.ts';
import { type StandIn, startStandIn } from './index.ts';

t.setTimeout(120_000);

const event = (n: number, type = 'Happened', data: object = { n }): JSONEventData =>
  jsonEvent({
    id: `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`,
    type,
    data: { ...data },
    metadata: { m: n },
  });

const all = async <T>(read: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of read) items.push(item);
  return items;
};

const scene = async (t: Test): Promise<{ standIn: StandIn; client: EventStoreDBClient }> => {
  const standIn = await startStandIn({ now: () => Date.parse('2026-03-02T12:00:00.123Z') });
  t.teardown(standIn.stop);
  return { standIn, client: EventStoreDBClient.connectionString(standIn.connectionString) };
};

/** Both ways in which the client appends: batched, and with credentials one call an append. */
const WAYS = [{}, { credentials: { username: 'admin', password: 'changeit' } }];

const reason = (error: { type?: string; actualVersion?: unknown }): unknown => [error.type, error.actualVersion];

t.test('appends of both kinds are answered alike', async (t) => {
  const { standIn, client } = await scene(t);
  for (const [round, way] of WAYS.entries()) {
    const stream = `made-${round}`;
    const events = [event(10 * round + 1), event(10 * round + 2)];
    const first = await client.appendToStream(stream, events, { ...way, expectedRevision: NO_STREAM });
    t.match(first, { success: true, nextExpectedRevision: 1n });
    await client.appendToStream(stream, event(10 * round + 3), { ...way, expectedRevision: 1n });
    t.strictSame(
      await client.appendToStream(stream, events, { ...way, expectedRevision: NO_STREAM }),
      first,
      'a repetition',
    );
    for (const [expectedRevision, appended] of [
      [NO_STREAM, [event(99)]],
      [0n, [event(10 * round + 2), event(99)]],
      [7n, [event(99)]],
    ] as const) {
      const refused = client.appendToStream(stream, [...appended], { ...way, expectedRevision }).catch(reason);
      t.strictSame(await refused, ['wrong-expected-version', 2n]);
    }
    const missing = client.appendToStream('missing', event(99), { ...way, expectedRevision: 0n }).catch(reason);
    t.strictSame(await missing, ['wrong-expected-version', 'no_stream']);
    const large = [event(90, 'A', { filler: 'x'.repeat(600_000) }), event(91, 'A', { filler: 'x'.repeat(600_000) })];
    t.strictSame(await client.appendToStream('large', large, way).catch(reason), [
      'maximum-append-size-exceeded',
      undefined,
    ]);
  }
  t.match(standIn.traffic, { appends: 8, batchAppends: 8 });
});

t.test('without a revision, repetitions are known until a restart', async (t) => {
  const { standIn, client } = await scene(t);
  const append = (): Promise<{ nextExpectedRevision: bigint }> => client.appendToStream('any', [event(1), event(2)]);
  t.match(await append(), { nextExpectedRevision: 1n });
  await client.appendToStream('any', event(3));
  t.match(await append(), { nextExpectedRevision: 1n });
  await standIn.restart();
  await until(() =>
    client.appendToStream('other', event(4)).then(
      () => true,
      () => false,
    ),
  );
  t.match(await append(), { nextExpectedRevision: 4n }, 'the server has forgotten them');
});

t.test('streams and the log are read from both ends', async (t) => {
  const { client } = await scene(t);
  await client.appendToStream('a-acme/ключ', [event(1), event(2), event(3)]);
  const stream = await all(client.readStream('a-acme/ключ', { fromRevision: 1n }));
  t.match(stream[0]?.event, {
    id: event(2).id,
    streamId: 'a-acme/ключ',
    revision: 1n,
    data: { n: 2 },
    metadata: { m: 2 },
    created: new Date('2026-03-02T12:00:00.123Z'),
  });
  const backwards = await all(
    client.readStream('a-acme/ключ', { direction: BACKWARDS, fromRevision: END, maxCount: 2 }),
  );
  t.strictSame(
    backwards.map(({ event }) => event?.revision),
    [2n, 1n],
  );
  await t.rejects(all(client.readStream('nothing')), /nothing not found/);
  const log = await all(client.readAll());
  t.strictSame(
    log.map(({ event }) => event?.type),
    ['$UserCreated', '$UserCreated', '$settings', 'Happened', 'Happened', 'Happened'],
  );
  t.strictSame(log[4]?.event?.position, stream[0]?.event?.position, 'a stream tells the same positions');
  const second = log[4]?.event?.position;
  t.ok(second);
  if (!second) return;
  const from = await all(client.readAll({ fromPosition: second }));
  t.strictSame(
    from.map(({ event }) => event?.revision),
    [1n, 2n],
    'forwards the position is in',
  );
  const before = await all(client.readAll({ direction: BACKWARDS, fromPosition: second, maxCount: 1 }));
  t.strictSame(
    before.map(({ event }) => event?.revision),
    [0n],
    'backwards it is out',
  );
  const inside = { commit: second.commit + 1n, prepare: second.prepare + 1n };
  await t.rejects(all(client.readAll({ fromPosition: inside })), /invalid position/);
});

t.test('subscriptions are filtered, begin behind their position, and tell how far they are', async (t) => {
  const { client } = await scene(t);
  await client.appendToStream('cat-acme/1', [event(1, 'A'), event(2, 'B'), event(3, 'A.v2')]);
  await client.appendToStream('cat-other/1', [event(4, 'A'), event(5, 'C')]);
  const filters: readonly [Filter, number[]][] = [
    [eventTypeFilter({ regex: '^A$' }), [1, 4]],
    [eventTypeFilter({ prefixes: ['A', 'C'] }), [1, 3, 4, 5]],
    [streamNameFilter({ regex: '^[^$-][^-]*-acme(?:/|$)' }), [1, 2, 3]],
    [streamNameFilter({ prefixes: ['cat-o'] }), [4, 5]],
  ];
  for (const [filter, expected] of filters) {
    const subscription = client.subscribeToAll({ filter });
    const seen: unknown[] = [];
    subscription.on('data', ({ event }) => void (event && seen.push((event.data as { n: number }).n)));
    await once(subscription, 'caughtUp');
    t.strictSame(seen, expected);
    await subscription.unsubscribe();
  }
  const checkpoints: bigint[] = [];
  const checkpointReached: Filter['checkpointReached'] = (_, { commit }) => void checkpoints.push(commit);
  const filter = eventTypeFilter({ regex: '^Z$', maxSearchWindow: 4, checkpointInterval: 1, checkpointReached });
  const subscription = client.subscribeToAll({ filter });
  subscription.resume();
  await once(subscription, 'caughtUp');
  const [last] = await all(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
  t.ok(
    (checkpoints.at(-1) ?? 0n) > (last?.event?.position.commit ?? 0n),
    'eight records in pages of four: beyond the last',
  );
  await subscription.unsubscribe();
});

const main = fileURLToPath(new URL('main.ts', import.meta.url));

const startProcess = async (
  t: Test,
  port: number,
  file: string,
): Promise<{ url: string; end: (signal: NodeJS.Signals) => Promise<unknown> }> => {
  const child = spawn(process.execPath, [main, String(port), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  t.teardown(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return {
    url: String(line).trim(),
    end: async (signal) => {
      child.kill(signal);
      const [code] = await exit;
      return code;
    },
  };
};

t.test('as a process of its own it keeps what it acknowledged, killed or not', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'stand-in-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'log');
  const first = await startProcess(t, 0, file);
  const client = EventStoreDBClient.connectionString(first.url);
  await client.appendToStream('kept-1', [event(1), event(2)]);
  await client.appendToStream('kept-2', event(3));
  const log = await all(client.readAll());
  await first.end('SIGKILL');
  appendFileSync(file, '["kept-2",17724');
  const second = await startProcess(t, Number(new URL(first.url).port), file);
  t.equal(second.url, first.url);
  const again = EventStoreDBClient.connectionString(second.url);
  t.strictSame(await all(again.readAll()), log);
  t.match(await again.appendToStream('kept-2', event(4), { expectedRevision: 0n }), { success: true });
  t.equal(await second.end('SIGTERM'), 0);
  const third = await startProcess(t, 0, file);
  const last = EventStoreDBClient.connectionString(third.url);
  t.equal((await all(last.readAll())).length, log.length + 1, 'also what came behind the torn line');
});
