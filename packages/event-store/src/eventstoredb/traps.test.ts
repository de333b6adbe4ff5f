/** The traps of the official client, one by one: each of these tests failed for a store that walked into it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { derivedId } from '@headroom/kernel';
import t, { type Test } from 'tap';
import { follow } from '../contract-suite/follower.ts';
import { collect, until } from '../contract-suite/scene.ts';
import {
  type AppendOutcome,
  type EventStore,
  type NewEvent,
  NotSupported,
  Unavailable,
  UnknownOutcome,
} from '../port.ts';
import { createEventStoreDbEventStore, type EventStoreDbOptions } from './index.ts';
import { hostsOf } from './reachability.ts';
import { type StandIn, type StandInOptions, startStandIn } from './stand-in/index.ts';

t.setTimeout(120_000);

/** For a store whose calls are meant to succeed, however busy the machine is. */
const PATIENT = { appendTimeoutMs: 60_000, readTimeoutMs: 60_000 };

/** For a store whose calls are meant to fail. */
const HASTY = { appendTimeoutMs: 1_000, readTimeoutMs: 1_000 };

const event = (purpose: string, n: number, data: NewEvent['data'] = { n }, type = 'Happened'): NewEvent => ({
  id: derivedId('traps', purpose, String(n)),
  type,
  data,
  meta: {
    tenantId: 'acme',
    actor: 'key:0198c0de-0000-7000-8000-000000000001',
    commandKey: `${purpose}:${n}`,
    fingerprint: 'f1f2f3f4',
    correlationId: derivedId('traps', purpose),
  },
});

const events = (purpose: string, from: number, to: number): NewEvent[] =>
  Array.from({ length: to - from }, (_, n) => event(purpose, from + n));

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

const open = async (t: Test, standIn: StandIn, options: Partial<EventStoreDbOptions> = {}): Promise<EventStore> => {
  const store = await createEventStoreDbEventStore({
    connectionString: standIn.connectionString,
    ...PATIENT,
    ...options,
  });
  t.teardown(store.close);
  return store;
};

const scene = async (
  t: Test,
  options: Partial<EventStoreDbOptions> & StandInOptions = {},
): Promise<{ standIn: StandIn; store: EventStore }> => {
  const standIn = await startStandIn(options);
  t.teardown(standIn.stop);
  return { standIn, store: await open(t, standIn, options) };
};

const fill = async (store: EventStore, streamId: string, from: number, to: number): Promise<number> => {
  const some = events(streamId, from, Math.min(from + 500, to));
  const outcome = await store.append({ streamId, expected: from - 1, events: some });
  if (outcome.kind === 'conflict') throw new Error(`${streamId} is at ${outcome.actualRevision}, not ${from - 1}`);
  return from + some.length < to ? fill(store, streamId, from + some.length, to) : outcome.position;
};

const dataOf = (found: readonly { data: NewEvent['data'] }[]): unknown[] => found.map(({ data }) => data.n);

t.test('a server that is away: calls say so in time, subscriptions wait for it, and all go on with it', async (t) => {
  const { standIn, store } = await scene(t);
  const hasty = await open(t, standIn, HASTY);
  await fill(store, 'trap-acme/a', 0, 5);
  const follower = follow(store, { after: 0 });
  await until(() => follower.events.length === 5);
  await standIn.stop();
  const append = { streamId: 'trap-acme/a', expected: 4, events: events('trap-acme/a', 5, 8) };
  await t.rejects(hasty.readStream('trap-acme/a'), Unavailable);
  await t.rejects(hasty.head(), Unavailable);
  await t.rejects(collect(hasty.readAll({ after: 0 })), Unavailable);
  await t.rejects(hasty.append(append), Unavailable, 'nothing was sent, and that is known');
  t.equal(await hasty.ping(), false);
  const [reading, appending] = [store.readStream('trap-acme/a'), store.append(append)];
  await until(() => follower.interruptions.length >= 3);
  await standIn.restart();
  t.strictSame(dataOf(await reading), numbers(0, 5), 'who has the patience sees it come back');
  t.match(await appending, { kind: 'appended', revision: 7, repeated: false });
  t.equal(await hasty.ping(), true);
  await until(() => follower.events.length >= 8);
  await follower.stop();
  t.strictSame(dataOf(follower.events), numbers(0, 8));
  await Promise.all([store.close(), hasty.close()]);
  await until(() => standIn.connections() === 0);
  t.pass('no connection of all those clients is left open');
});

t.test('a cluster without a leader is asked again, by a fresh client', async (t) => {
  const { standIn } = await scene(t);
  const hosts = `esdb://127.0.0.1:1,127.0.0.1:${standIn.port}`;
  const connectionString = `${hosts}?tls=false&maxDiscoverAttempts=1&discoveryInterval=10&gossipTimeout=1`;
  const hasty = await open(t, standIn, { connectionString, appendTimeoutMs: 3_000, readTimeoutMs: 500 });
  const patient = await open(t, standIn, { connectionString });
  const own = EventStoreDBClient.connectionString(connectionString);
  const append = { streamId: 'trap-acme/a', expected: -1, events: events('cluster', 0, 1) };
  standIn.elect(true);
  t.equal(await hasty.ping(), false);
  await t.rejects(hasty.append(append), Unavailable);
  await t.rejects(hasty.head(), Unavailable);
  await t.rejects(own.appendToStream('trap-acme/b', [jsonEvent({ type: 'A', data: {} })]), /Failed to discover/);
  const appending = patient.append(append);
  standIn.elect(false);
  t.match(await appending, { kind: 'appended', revision: 0 });
  await until(() => hasty.ping());
  await t.rejects(
    own.appendToStream('trap-acme/b', [jsonEvent({ type: 'A', data: {} })]),
    /Failed to discover/,
    'the client alone never recovers',
  );
});

t.test('hosts are told from a connection string as the client does it', async (t) => {
  const host = (name: string, port = 2113): unknown => ({ host: name, port });
  t.strictSame(hostsOf('esdb://localhost'), [host('localhost')]);
  t.strictSame(hostsOf(' esdb://admin:change%40it@db:1113/?tls=false'), [host('db', 1113)]);
  t.strictSame(hostsOf('esdb+discover://u:p@cluster.example.org?tls=true'), [host('cluster.example.org')]);
  t.strictSame(hostsOf('esdb://a:1,b:2,c?tls=false'), [host('a', 1), host('b', 2), host('c')]);
});

t.test('a server that no longer leads its cluster refers to the one that does', async (t) => {
  const { standIn, store } = await scene(t);
  const leader = await startStandIn();
  t.teardown(leader.stop);
  await fill(store, 'trap-acme/a', 0, 1);
  standIn.referAppendsTo(leader.port);
  await fill(store, 'trap-acme/b', 0, 1);
  const onLeader = await open(t, leader);
  t.equal((await onLeader.readStream('trap-acme/b')).length, 1, 'nothing was written twice, nothing on the other');
});

t.test('a consumer that stalls is not flooded, one that leaves leaves nothing behind', async (t) => {
  const { standIn, store } = await scene(t);
  await fill(store, 'trap-acme/a', 0, 3_000);
  const { signal } = new AbortController();
  const opened = standIn.traffic.openReads;
  for (const pages of [
    store.readAll({ after: 0, pageSize: 10 }),
    store.subscribe({ after: 0, pageSize: 10, signal }),
  ]) {
    const before = standIn.traffic.sentMessages;
    const seen: unknown[] = [];
    for await (const page of pages) {
      if (seen.length === 0) await calm(standIn);
      if (seen.length === 0) t.ok(standIn.traffic.sentMessages - before < 1_500, 'most of it stays with the server');
      seen.push(...dataOf(page.events));
      if (seen.length >= 2_000) break;
    }
    t.strictSame(seen.slice(0, 2_000), numbers(0, 2_000));
    await until(() => standIn.traffic.openReads === opened);
  }
  t.pass('the server has seen both of them go');
});

const calm = async (standIn: StandIn): Promise<void> => {
  for (let quiet = 0, last = -1; quiet < 20; last = standIn.traffic.sentMessages) {
    quiet = standIn.traffic.sentMessages === last ? quiet + 1 : 0;
    await sleep(10);
  }
};

t.test('an append that is not answered in time has an unknown outcome, and a retry settles it', async (t) => {
  const { standIn, store } = await scene(t);
  const hasty = await open(t, standIn, HASTY);
  await fill(store, 'trap-acme/a', 0, 2);
  const follower = follow(hasty, { after: 0 });
  await until(() => follower.events.length === 2);
  const append = { streamId: 'trap-acme/a', expected: 1, events: events('held', 0, 2) };
  standIn.holdAppends();
  await t.rejects(hasty.append(append), UnknownOutcome);
  await t.rejects(hasty.append(append), UnknownOutcome, 'also the retry has to wait');
  t.equal((await store.readStream('trap-acme/a')).length, 2, 'reads go on meanwhile');
  standIn.releaseAppends();
  await until(async () => (await store.readStream('trap-acme/a')).length === 4);
  t.match(await store.append(append), { kind: 'appended', revision: 3, repeated: true });
  await until(() => follower.events.length === 4);
  await follower.stop();
  t.strictSame(follower.interruptions, [], 'nobody else was disturbed');
  t.equal((await store.readStream('trap-acme/a')).length, 4);
});

t.test('an answer that gets lost: the retry has no effect, from wherever and however late it comes', async (t) => {
  const { standIn, store } = await scene(t);
  const [hasty, other] = [await open(t, standIn, HASTY), await open(t, standIn)];
  for (const [round, expected] of [-1, 'any'].entries()) {
    const streamId = `trap-acme/${round}`;
    const append = { streamId, expected: expected as -1 | 'any', events: events(`lost ${round}`, 0, 2) };
    standIn.loseNextAppendReply();
    await t.rejects(hasty.append(append), UnknownOutcome);
    const [, second] = await store.readStream(streamId);
    const first = { kind: 'appended', revision: 1, position: second?.position, repeated: true };
    t.strictSame(await other.append(append), first, 'from elsewhere');
    t.match(await other.append({ streamId, expected: 1, events: events(`later ${round}`, 0, 3) }), { revision: 4 });
    t.strictSame(await store.append(append), first, 'after other appends');
    await standIn.restart();
    await until(() => other.ping());
    t.strictSame(await other.append(append), first, 'after a restart, of which the server remembers no ids');
    t.strictSame(await (await open(t, standIn)).append(append), first, 'from a process that knows nothing');
    t.equal((await store.readStream(streamId)).length, 5);
  }
});

t.test('connections that break under many appends: each has an unknown outcome, and other stores go on', async (t) => {
  const { standIn, store } = await scene(t);
  const elsewhere = await scene(t);
  await Promise.all([store.head(), elsewhere.store.head()]);
  standIn.holdAppends();
  elsewhere.standIn.holdAppends();
  const filler = 'x'.repeat(20_000);
  const append = (of: EventStore, n: number): Promise<AppendOutcome> =>
    of.append({
      streamId: `trap-acme/${n}`,
      expected: -1,
      events: numbers(0, 5).map((m) => event(`b${n}`, m, { filler })),
    });
  const lost = numbers(0, 60).map((n) => append(store, n).catch((error: unknown) => error));
  const waiting = append(elsewhere.store, 0);
  await until(() => standIn.traffic.appends === 60 && elsewhere.standIn.traffic.appends === 1);
  standIn.dropConnections();
  t.ok((await Promise.all(lost)).every((outcome) => outcome instanceof UnknownOutcome));
  elsewhere.standIn.releaseAppends();
  t.match(await waiting, { kind: 'appended', repeated: false });
  standIn.releaseAppends();
  const settled = await Promise.all(numbers(0, 60).map((n) => append(store, n)));
  t.ok(settled.every(({ kind }) => kind === 'appended'));
  t.strictSame(
    await Promise.all(numbers(0, 60).map(async (n) => (await store.readStream(`trap-acme/${n}`)).length)),
    numbers(0, 60).map(() => 5),
  );
  t.equal(standIn.traffic.batchAppends, 0, 'the batch append, where all this goes wrong, is not used');
});

t.test('events of the server and of strangers are never seen', async (t) => {
  const { standIn, store } = await scene(t);
  const own = EventStoreDBClient.connectionString(standIn.connectionString);
  standIn.appendSystemEvents(300);
  t.equal(await store.head(), 0, 'a log without events of ours is empty');
  t.equal(await store.recordedAt(1_000_000), undefined);
  const first = await fill(store, 'trap-acme/a', 0, 3);
  standIn.appendSystemEvents(10);
  await own.appendToStream('trap-acme/a', [jsonEvent({ type: 'Strange', data: { n: 99 }, metadata: {} })]);
  await own.appendToStream('trap-acme/a', [jsonEvent({ type: 'Stranger', data: { n: 99 } })]);
  t.equal(await store.head(), first);
  const follower = follow(store, { after: 0, tenantId: 'acme' });
  t.match(await store.append({ streamId: 'trap-acme/a', expected: 4, events: events('trap-acme/a', 3, 5) }), {
    revision: 6,
  });
  await own.appendToStream('trap-acme/a', [jsonEvent({ type: 'Strangest', data: { n: 99 } })]);
  const last = { streamId: 'trap-acme/a', expected: 'any' as const, events: events('behind strangers', 5, 6) };
  t.match(await store.append(last), { revision: 8, repeated: false });
  t.match(await store.append(last), { revision: 8, repeated: true });
  standIn.appendSystemEvents(100);
  await until(() => follower.events.length === 6);
  await follower.stop();
  const read = (await collect(store.readAll({ after: 0 }))).flatMap((page) => page.events);
  t.strictSame(dataOf(read), numbers(0, 6));
  t.strictSame(dataOf(follower.events), numbers(0, 6));
  t.strictSame(dataOf(await store.readStream('trap-acme/a')), numbers(0, 6));
  t.equal(await store.head(), read.at(-1)?.position);
});

t.test('the server is caught up beyond the last event: nobody resumes there and misses the next one', async (t) => {
  const { store } = await scene(t);
  // With the server's own three records they fill whole pages of it, so that it finds the end on an empty one.
  const end = await fill(store, 'trap-acme/a', 0, 2 * 1_024 - 3);
  for (const types of [['Nothing'], ['Happened']]) {
    const pages = await collect(store.readAll({ after: 0, types }));
    t.equal(pages.at(-1)?.upTo, end);
  }
  const first = follow(store, { after: 0, types: ['Nothing', 'Happened'] });
  await until(() => first.upTo() === end);
  await first.stop();
  await fill(store, 'trap-acme/a', 2_045, 2_046);
  const second = follow(store, { after: end, types: ['Nothing', 'Happened'] });
  await until(() => second.events.length === 1);
  await second.stop();
  t.strictSame(dataOf(second.events), [2_045]);
});

t.test('an append over 1 MiB goes in pieces, and a retry completes it', async (t) => {
  const { standIn, store } = await scene(t);
  const hasty = await open(t, standIn, HASTY);
  const filler = 'x'.repeat(100_000);
  const large = (purpose: string): NewEvent[] => numbers(0, 35).map((n) => event(purpose, n, { n, filler }));
  const own = EventStoreDBClient.connectionString(standIn.connectionString);
  const tooMuch = numbers(0, 11).map((n) => jsonEvent({ type: 'A', data: { n, filler } }));
  const refused = own.appendToStream('trap-acme/own', tooMuch).catch((error: unknown) => error);
  t.match(await refused, { type: 'maximum-append-size-exceeded' });

  for (const expected of [-1, 'any'] as const) {
    const append = { streamId: `trap-acme/large ${expected}`, expected, events: large(`large ${expected}`) };
    standIn.loseNextAppendReply();
    await t.rejects(hasty.append(append), UnknownOutcome);
    t.equal((await store.readStream(append.streamId)).length, 10, 'the first piece is there');
    const whole = await store.append(append);
    t.match(whole, { kind: 'appended', revision: 34, repeated: false });
    t.strictSame(await store.append(append), { ...whole, repeated: true });
    t.strictSame(dataOf(await store.readStream(append.streamId)), numbers(0, 35));
  }
  await t.rejects(
    store.appendAtomically([{ streamId: 'trap-acme/x', expected: -1, events: large('x') }]),
    NotSupported,
  );
  t.match(await store.append({ streamId: 'trap-acme/x', expected: 3, events: large('x') }), {
    kind: 'conflict',
    actualRevision: -1,
  });
  await fill(store, 'trap-acme/x', 0, 1);
  t.match(await store.append({ streamId: 'trap-acme/x', expected: -1, events: large('x') }), {
    kind: 'conflict',
    actualRevision: 0,
  });
  t.equal((await store.readStream('trap-acme/x')).length, 1);
});

t.test('a large append that others came between is completed behind them', async (t) => {
  const { standIn, store } = await scene(t);
  const hasty = await open(t, standIn, HASTY);
  const filler = 'x'.repeat(100_000);
  const append = {
    streamId: 'trap-acme/a',
    expected: -1,
    events: numbers(0, 15).map((n) => event('split', n, { n, filler })),
  };
  standIn.loseNextAppendReply();
  await t.rejects(hasty.append(append), UnknownOutcome);
  await store.append({ streamId: 'trap-acme/a', expected: 9, events: [event('between', 0, { n: 'between' })] });
  t.match(await store.append(append), { kind: 'appended', revision: 15, repeated: false });
  t.strictSame(dataOf(await store.readStream('trap-acme/a')), [...numbers(0, 10), 'between', ...numbers(10, 15)]);
});

t.test('a setting that makes the client report wrong revisions is refused', async (t) => {
  for (const name of ['throwOnAppendFailure', 'throw_on_append_failure', 'throw-on-append-failure']) {
    const connectionString = `esdb://127.0.0.1:2113?tls=false&${name}=false`;
    await t.rejects(createEventStoreDbEventStore({ connectionString }), /throwOnAppendFailure/);
  }
  await t.rejects(createEventStoreDbEventStore({ connectionString: 'postgres://127.0.0.1' }), /esdb/);
  const { standIn } = await scene(t);
  for (const wish of ['keepAliveTimeout=20000', 'keep_alive_timeout=20000', 'keepAliveTimeout=-1']) {
    const store = await open(t, standIn, { connectionString: `${standIn.connectionString}&${wish}` });
    t.equal(await store.head(), 0, `${wish} is as good as any`);
  }
});

t.test('a closed store keeps no process alive', async (t) => {
  const { standIn } = await scene(t);
  const script = `
    import { createEventStoreDbEventStore } from '${new URL('index.ts', import.meta.url)}';
    const store = await createEventStoreDbEventStore({ connectionString: '${standIn.connectionString}' });
    const events = [${JSON.stringify(event('exit', 0))}];
    await store.append({ streamId: 'trap-acme/a', expected: -1, events });
    for await (const page of store.subscribe({ after: 0, signal: new AbortController().signal })) break;
    for await (const page of store.readAll({ after: 0 })) break;
    await store.close();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  t.teardown(() => child.kill('SIGKILL'));
  t.strictSame(await once(child, 'exit'), [0, null]);
  await until(() => standIn.traffic.openReads === 0);
});
