import { NotSupported, TooLarge } from '../port.ts';
import { mustAppend, type Promised, promise } from './scene.ts';

const counts = async (scene: Parameters<Promised['play']>[1], ...keys: string[]): Promise<number[]> =>
  Promise.all(keys.map(async (key) => (await scene.store.readStream(scene.stream(key))).length));

/** A promise that only a store keeps that can append to several streams at once. */
const acrossStreams = (name: string, play: Promised['play']): Promised =>
  promise(name, async (t, scene) => {
    if (scene.store.capabilities.atomicAcrossStreams) await play(t, scene);
    else t.plan(0, 'this store appends to one stream at a time');
  });

export const atomicAppends: readonly Promised[] = [
  promise('appends to several streams are taken together', async (t, scene) => {
    const { store, event, stream } = scene;
    const appends = [
      { streamId: stream('a'), expected: -1, events: [event('a', 0), event('a', 1)] },
      { streamId: stream('b'), expected: 'any' as const, events: [event('b', 0)] },
    ];
    if (!store.capabilities.atomicAcrossStreams) {
      await t.rejects(store.appendAtomically(appends), NotSupported);
      t.strictSame(await counts(scene, 'a', 'b'), [0, 0]);
      return;
    }
    const outcome = await store.appendAtomically(appends);
    t.match(outcome, {
      kind: 'appended',
      streams: [
        { revision: 1, repeated: false },
        { revision: 0, repeated: false },
      ],
    });
    t.strictSame(await counts(scene, 'a', 'b'), [2, 1]);
    const repeated = await store.appendAtomically(appends);
    if (outcome.kind !== 'appended') return;
    t.strictSame(repeated, { kind: 'appended', streams: outcome.streams.map((one) => ({ ...one, repeated: true })) });
    t.strictSame(await counts(scene, 'a', 'b'), [2, 1], 'a repetition has no effect');
  }),

  acrossStreams('when one stream is not where it was expected, none is written', async (t, scene) => {
    const { store, event, stream } = scene;
    await mustAppend(store, stream('b'), [event('b', 0)], -1);
    const outcome = await store.appendAtomically([
      { streamId: stream('a'), expected: -1, events: [event('a', 0)] },
      { streamId: stream('b'), expected: -1, events: [event('b', 1)] },
      { streamId: stream('c'), expected: -1, events: [event('c', 0)] },
    ]);
    t.strictSame(outcome, { kind: 'conflict', streamId: stream('b'), actualRevision: 0 });
    t.strictSame(await counts(scene, 'a', 'b', 'c'), [0, 1, 0]);
    const large = { streamId: stream('c'), expected: -1, events: [event('c', 0, { filler: 'x'.repeat(1 << 20) })] };
    await t.rejects(
      store.appendAtomically([{ streamId: stream('a'), expected: -1, events: [event('a', 0)] }, large]),
      TooLarge,
    );
    t.strictSame(await counts(scene, 'a', 'b', 'c'), [0, 1, 0]);
  }),

  acrossStreams('a stream named twice, or without events, is a mistake of the caller', async (t, scene) => {
    const { store, event, stream } = scene;
    const append = (n: number) => ({ streamId: stream('a'), expected: 'any' as const, events: [event('a', n)] });
    await t.rejects(store.appendAtomically([append(0), append(1)]), RangeError);
    await t.rejects(
      store.appendAtomically([append(0), { ...append(1), streamId: stream('b'), events: [] }]),
      RangeError,
    );
    t.strictSame(await counts(scene, 'a', 'b'), [0, 0]);
  }),

  acrossStreams('they contend with single appends and with one another, all or none', async (t, scene) => {
    const stores = [scene.store, await scene.another()] as const;
    const { event, stream } = scene;
    const write = async (writer: number): Promise<void> => {
      const store = stores[writer % 2 === 0 ? 0 : 1];
      for (let expected = -1, n = 0; n < 5; ) {
        const events = [event(`writer ${writer}`, n)];
        const pair = (['left', 'right'] as const).map((side) => ({
          streamId: stream(side),
          expected,
          events: events.map((one) => ({ ...one, id: event(`${side} ${writer}`, n).id })),
        }));
        const outcome = await store.appendAtomically(pair);
        if (outcome.kind === 'conflict') expected = outcome.actualRevision;
        else {
          n += 1;
          await mustAppend(store, stream('noise'), [event(`noise ${writer}`, n)]);
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    const [left, right] = await Promise.all([
      scene.store.readStream(stream('left')),
      scene.store.readStream(stream('right')),
    ]);
    const keys = (events: typeof left) => events.map(({ revision, meta }) => [revision, meta.commandKey]);
    t.strictSame(keys(left), keys(right), 'the two streams tell the same story');
    t.strictSame(await counts(scene, 'left', 'right', 'noise'), [40, 40, 40]);
  }),
];
