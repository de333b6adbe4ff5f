import { Unavailable } from '../port.ts';
import { follow } from './follower.ts';
import { mustAppend, type Promised, promise, until, wirePromise } from './scene.ts';
import type { Wire } from './wire.ts';

type Scene = Parameters<Promised['play']>[1];

const append = async (scene: Scene, from: number, to: number, type?: string): Promise<void> => {
  for (let n = from; n < to; n += 1) {
    await mustAppend(scene.store, scene.stream(`${n % 3}`), [scene.event('f', n, { n }, type)]);
  }
};

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

export const following: readonly Promised[] = [
  promise('a subscription gives what is there, then what comes', async (t, scene) => {
    await append(scene, 0, 10);
    const follower = follow(scene.store, { after: scene.start, tenantId: scene.tenantId, pageSize: 4 });
    await until(() => follower.events.length === 10);
    const other = await scene.another();
    await mustAppend(other, scene.stream('other'), [scene.event('f', 10), scene.event('f', 11)]);
    await append(scene, 12, 20);
    await until(() => follower.events.length === 20);
    await follower.stop();
    t.strictSame(
      follower.events.map(({ data }) => data['n']),
      numbers(0, 20),
    );
    t.strictSame(follower.interruptions, []);
  }),

  promise('a subscription resumes behind its checkpoint, not at it', async (t, scene) => {
    await append(scene, 0, 12);
    const first = follow(scene.store, { after: scene.start, tenantId: scene.tenantId, pageSize: 5 });
    await until(() => first.events.length >= 5);
    await first.stop();
    await append(scene, 12, 15);
    const second = follow(await scene.another(), { after: first.upTo(), tenantId: scene.tenantId, pageSize: 5 });
    await until(() => first.events.length + second.events.length >= 15);
    await second.stop();
    t.strictSame(
      [...first.events, ...second.events].map(({ data }) => data['n']),
      numbers(0, 15),
    );
  }),

  promise('a filter passes over events, and the checkpoint moves past them', async (t, scene) => {
    await append(scene, 0, 3, 'Wanted');
    await append(scene, 3, 9, 'Unwanted');
    const follower = follow(scene.store, { after: scene.start, types: ['Wanted'], tenantId: scene.tenantId });
    const last = (await scene.store.readStream(scene.stream('2'))).at(-1)?.position as number;
    await until(() => follower.upTo() >= last);
    t.strictSame(
      follower.events.map(({ data }) => data['n']),
      [0, 1, 2],
      'what it passed over it did not give',
    );
    await append(scene, 9, 12, 'Unwanted');
    const later = (await scene.store.readStream(scene.stream('2'))).at(-1)?.position as number;
    await until(() => follower.upTo() >= later);
    await append(scene, 12, 13, 'Wanted');
    await until(() => follower.events.length === 4);
    await follower.stop();
    t.strictSame(
      follower.events.map(({ data }) => data['n']),
      [0, 1, 2, 12],
    );
  }),

  promise(
    'a subscription ends when told to: before it began, as it waits, in the midst of a page',
    async (t, scene) => {
      await append(scene, 0, 6);
      const connections = scene.wire?.connections() ?? 0;
      await scene.store
        .subscribe({ after: scene.start, signal: AbortSignal.abort() })
        [Symbol.asyncIterator]()
        .next()
        .then((first) => t.equal(first.done, true));
      const waiting = follow(scene.store, { after: await scene.store.head() });
      await append(scene, 6, 7);
      await until(() => waiting.events.length === 1);
      await waiting.stop();
      for (let n = 0; n < 20; n += 1) {
        const midst = follow(scene.store, { after: scene.start, pageSize: 2 }, () => void midst.stop());
        await midst.ended;
        t.ok(midst.events.length <= 2, 'no page after the abort');
        for await (const _ of scene.store.subscribe({
          after: scene.start,
          pageSize: 1,
          signal: new AbortController().signal,
        }))
          break;
      }
      if (scene.wire) await until(() => (scene.wire?.connections() ?? 0) <= connections + 1);
      t.pass('and lets go of its connections');
    },
  ),

  promise(
    'closing the store ends its subscriptions and readers, and what is asked of it then fails',
    async (t, scene) => {
      await append(scene, 0, 6);
      const store = await scene.another();
      const waiting = follow(store, { after: await scene.store.head() });
      const reading = follow(store, { after: scene.start, pageSize: 1 });
      await until(() => reading.events.length > 0);
      const underWay = store.append({ streamId: scene.stream('last'), expected: -1, events: [scene.event('last', 0)] });
      await store.close();
      await Promise.all([waiting.ended, reading.ended]);
      t.match(await underWay, { kind: 'appended' }, 'the append under way was waited for');
      await t.rejects(
        store.append({ streamId: scene.stream('later'), expected: -1, events: [scene.event('later', 0)] }),
        Unavailable,
      );
      await t.rejects(store.readStream(scene.stream('last')), Unavailable);
      t.equal(await store.ping(), false);
      await store.close();
      t.pass('closing twice does no harm');
    },
  ),

  wirePromise('a slow consumer is not flooded: the store waits until it asks for more', async (t, scene, wire) => {
    const { store } = scene;
    const filler = 'x'.repeat(100_000);
    for (let n = 0; n < 200; n += 4) {
      const events = [n, n + 1, n + 2, n + 3].map((m) => scene.event('heavy', m, { n: m, filler }));
      await mustAppend(store, scene.stream('heavy'), events);
    }
    const options = { after: scene.start, tenantId: scene.tenantId, pageSize: 5 };
    const { signal } = new AbortController();
    for (const pages of [store.readAll(options), store.subscribe({ ...options, signal })]) {
      const before = wire.received();
      const seen: unknown[] = [];
      for await (const { events } of pages) {
        if (seen.length === 0) {
          await calm(wire);
          t.ok(wire.received() - before < 12_000_000, 'one page was taken, and not all 20 MB came');
        }
        seen.push(...events.map(({ data }) => data['n']));
        if (seen.length >= 200) break;
      }
      t.strictSame(seen, numbers(0, 200), 'the rest comes when it is asked for');
    }
  }),
];

/** Waits until nothing has come over the wire for a while. */
const calm = async (wire: Wire): Promise<void> => {
  for (let quiet = 0, last = -1; quiet < 20; last = wire.received()) {
    quiet = wire.received() === last ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
