import { EventStoreDBClient } from '@eventstore/db-client';
import { derivedId } from '@headroom/kernel';
import t, { type Test } from 'tap';
import { follow } from '../contract-suite/follower.ts';
import { collect, until } from '../contract-suite/scene.ts';
import type { EventStore, StoredEvent } from '../port.ts';
import { createEventStoreDbEventStore } from './index.ts';
import { type StandIn, startStandIn } from './stand-in/index.ts';

t.setTimeout(120_000);

const NOON = Date.parse('2026-03-02T12:00:00Z');
const at = (ms: number): string => new Date(NOON + ms).toISOString();

/** Appends one event for each of these clock readings (ms after noon), in turns with what the server writes itself. */
const recordAtTimes = async (
  test: Test,
  times: readonly number[],
): Promise<{ store: EventStore; again: () => Promise<EventStore>; standIn: StandIn }> => {
  let now = NOON;
  const standIn = await startStandIn({ now: () => now });
  test.teardown(standIn.stop);
  const again = async (): Promise<EventStore> => {
    const opened = await createEventStoreDbEventStore({ connectionString: standIn.connectionString });
    test.teardown(opened.close);
    return opened;
  };
  const store = await again();
  const meta = { tenantId: 'acme', actor: 'system:test', commandKey: 'k', fingerprint: 'f', correlationId: 'c' };
  for (let n = 0; n < times.length; ) {
    const same = times.findIndex((time, m) => m > n && time !== times[n]);
    const end = same < 0 ? times.length : same;
    now = NOON + (times[n] ?? 0);
    const ids = Array.from({ length: end - n }, (_, m) => derivedId('positions', String(n + m)));
    const events = ids.map((id, m) => ({ id, type: 'Happened', data: { n: n + m }, meta }));
    await store.append({ streamId: 'clock-acme/a', expected: n - 1, events });
    if (n % 3 === 0) standIn.appendSystemEvents(2);
    n = end;
  }
  return { store, again, standIn };
};

const allOf = async (store: EventStore, after = 0): Promise<StoredEvent[]> =>
  (await collect(store.readAll({ after }))).flatMap(({ events }) => events);

/** What `positionAt` has to find, told by looking at every event. */
const lastBy = (events: readonly StoredEvent[], instant: string): number =>
  events.findLast(({ recordedAt }) => recordedAt <= instant)?.position ?? 0;

t.test('an instant is found in a long log as by looking at every event', async (t) => {
  // Ten events at once, then none for a second, and so on; beyond several of the search's landmarks.
  const times = Array.from({ length: 900 }, (_, n) => Math.floor(n / 10) * 1_000);
  const { store, again, standIn } = await recordAtTimes(t, times);
  const events = await allOf(store);
  t.equal(events.length, 900);
  for (const searching of [store, await again()]) {
    for (const ms of [-1, 0, 1, 999, 1_000, 12_345, 44_000, 44_500, 88_999, 89_000, 89_001]) {
      t.equal(await searching.positionAt(at(ms)), lastBy(events, at(ms)), `${ms} ms after noon`);
    }
  }
  t.equal(
    await store.positionAt('2026-03-02T13:00:44.500+01:00'),
    lastBy(events, at(44_500)),
    'offsets are understood',
  );
  await t.rejects(store.positionAt('yesterday'), RangeError);
  await until(() => standIn.traffic.openReads === 0);
  t.pass('reads that were broken off are cancelled');
});

t.test('a log that grows is searched anew', async (t) => {
  const { store } = await recordAtTimes(t, [0, 1_000]);
  const [first, second] = await allOf(store);
  t.equal(await store.positionAt(at(500)), first?.position);
  t.equal(await store.positionAt(at(5_000)), second?.position);
  t.equal(await store.recordedAt(second?.position ?? 0), at(1_000));
  t.equal(await store.recordedAt((second?.position ?? 0) - 1), at(0), 'between two events it is the one before');
  t.equal(await store.recordedAt(1), undefined, 'before the first there is none');
});

t.test('a server whose clock goes back never makes recorded instants go back', async (t) => {
  const { store, again } = await recordAtTimes(t, [0, 1_000, 2_000, 1_500, 1_600, 3_000, 500, 4_000]);
  const steady = [0, 1_000, 2_000, 2_000, 2_000, 3_000, 3_000, 4_000].map(at);
  const events = await allOf(store);
  t.strictSame(
    events.map(({ recordedAt }) => recordedAt),
    steady,
  );
  for (const [n, { position }] of events.entries()) {
    t.equal(await store.recordedAt(position), steady[n]);
    const rest = await allOf(await again(), position);
    t.strictSame(
      rest.map(({ recordedAt }) => recordedAt),
      steady.slice(n + 1),
      'the same for who begins in the middle',
    );
  }
  const follower = follow(store, { after: events[2]?.position ?? 0 });
  await until(() => follower.events.length === 5);
  await follower.stop();
  t.strictSame(
    follower.events.map(({ recordedAt }) => recordedAt),
    steady.slice(3),
  );
  for (const ms of [999, 1_000, 1_999, 2_000, 2_999, 3_000, 3_999, 4_000])
    t.equal(await store.positionAt(at(ms)), lastBy(events, at(ms)), `${ms} ms after noon`);
});

t.test('a position at which no event begins is as good as the event before it', async (t) => {
  const { store, standIn } = await recordAtTimes(
    t,
    Array.from({ length: 400 }, (_, n) => n),
  );
  const events = await allOf(store);
  const position = events[300]?.position as number;
  const own = EventStoreDBClient.connectionString(standIn.connectionString);
  const inside = { commit: BigInt(position + 1), prepare: BigInt(position + 1) };
  await t.rejects(async () => {
    for await (const _ of own.readAll({ fromPosition: inside, maxCount: 1 }));
  }, /invalid position/);
  t.equal(await store.recordedAt(position + 1), at(300));
  t.strictSame(
    (await allOf(store, position + 1)).map(({ data }) => data.n),
    events.slice(301).map(({ data }) => data.n),
  );
  const follower = follow(store, { after: position + 1, types: ['Happened'] });
  await until(() => follower.events.length >= 99);
  await follower.stop();
  t.equal(follower.events[0]?.position, events[301]?.position);
  const upTo = (await collect(store.readAll({ after: position, upTo: (events[302]?.position ?? 0) + 1 }))).at(-1)?.upTo;
  t.strictSame((await allOf(store, upTo)).length, 97, 'and so is the end of a page');
  t.strictSame(await allOf(store, (await store.head()) + 5), [], 'behind the end there is nothing');
});
