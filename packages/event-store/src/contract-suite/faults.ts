import { type AppendOutcome, type StreamAppend, Unavailable, UnknownOutcome } from '../port.ts';
import { follow } from './follower.ts';
import { mustAppend, type Promised, until, wirePromise } from './scene.ts';

type Scene = Parameters<Promised['play']>[1];

/** Repeats an append until the store says what became of it; gives how often it did not know. */
const settle = async (scene: Scene, append: StreamAppend): Promise<{ outcome: AppendOutcome; unknown: number }> => {
  for (let unknown = 0; ; ) {
    try {
      return { outcome: await scene.store.append(append), unknown };
    } catch (error) {
      if (error instanceof UnknownOutcome) unknown += 1;
      else if (!(error instanceof Unavailable)) throw error;
    }
  }
};

const numbers = (length: number): number[] => Array.from({ length }, (_, n) => n);

export const faults: readonly Promised[] = [
  wirePromise(
    'when the reply is lost the outcome is unknown, and a retry settles it with one effect',
    async (t, scene, wire) => {
      const { store, event } = scene;
      const observer = await scene.another();
      for (const expected of [-1, 'any'] as const) {
        const streamId = scene.stream(`lost ${expected}`);
        await mustAppend(store, scene.stream('before'), [event(`before ${expected}`, 0)]);
        const append = { streamId, expected, events: [event(`lost ${expected}`, 0), event(`lost ${expected}`, 1)] };
        wire.muteReplies();
        const lost = t.rejects(store.append(append), UnknownOutcome);
        await until(async () => (await observer.readStream(streamId)).length === 2);
        wire.cut();
        await lost;
        const { outcome } = await settle(scene, append);
        t.match(outcome, { kind: 'appended', revision: 1, repeated: true });
        t.equal((await observer.readStream(streamId)).length, 2);
      }
    },
  ),

  wirePromise(
    'cut again and again under load: what was acknowledged is there, nothing is there twice',
    async (t, scene, wire) => {
      const { event } = scene;
      let done = 0;
      const write = async (writer: number): Promise<void> => {
        const streamId = scene.stream(`w${writer}`);
        for (let n = 0; n < 40; n += 1) {
          const expected = writer % 2 === 0 ? n - 1 : 'any';
          const { outcome } = await settle(scene, { streamId, expected, events: [event(`w${writer}`, n)] });
          if (outcome.kind === 'conflict') throw new Error(`writer ${writer} lost its place at ${n}`);
          done += 1;
        }
      };
      const writers = Promise.all(numbers(16).map(write));
      for (let cuts = 1; cuts <= 6; cuts += 1) {
        await until(() => done >= cuts * 90);
        wire.cut();
      }
      await writers;
      for (const writer of numbers(16)) {
        const stored = await scene.store.readStream(scene.stream(`w${writer}`));
        t.strictSame(
          stored.map(({ data }) => data['n']),
          numbers(40),
        );
      }
    },
  ),

  wirePromise(
    'a subscription outlives the loss of the store, tells of it, and skips nothing',
    async (t, scene, wire) => {
      const { event } = scene;
      const writer = await scene.another();
      const follower = follow(scene.store, { after: scene.start, tenantId: scene.tenantId, pageSize: 3 });
      const append = async (from: number, to: number): Promise<void> => {
        for (let n = from; n < to; n += 1) await mustAppend(writer, scene.stream('a'), [event('a', n)]);
      };
      for (let round = 0; round < 4; round += 1) {
        await append(round * 20, round * 20 + 10);
        // In turns the connection breaks as the follower waits, and as it is in the midst of it.
        if (round % 2 === 0) await until(() => follower.events.length === round * 20 + 10);
        wire.cut();
        await append(round * 20 + 10, round * 20 + 20);
        await until(() => follower.events.length >= round * 20 + 20);
      }
      await follower.stop();
      t.strictSame(
        follower.events.map(({ data }) => data['n']),
        numbers(80),
      );
      t.ok(follower.interruptions.length >= 1, 'the interruptions were reported');
    },
  ),

  wirePromise('a store that cannot be reached says so, and is well again when it can', async (t, scene, wire) => {
    const { store } = scene;
    await mustAppend(store, scene.stream('a'), [scene.event('a', 0)]);
    wire.cut();
    await until(() => store.ping());
    t.equal((await store.readStream(scene.stream('a'))).length, 1);
    const { outcome } = await settle(scene, {
      streamId: scene.stream('a'),
      expected: 0,
      events: [scene.event('a', 1)],
    });
    t.match(outcome, { kind: 'appended', revision: 1 });
    t.ok((await store.head()) > scene.start);
  }),
];
