import type { JsonObject } from '../port.ts';
import { TooLarge } from '../port.ts';
import { mustAppend, type Promised, plain, promise } from './scene.ts';

const MIB = 1024 * 1024;

const outcomes: readonly Promised[] = [
  promise('the first append makes the stream, the next goes on from its revision', async (t, scene) => {
    const { store, event } = scene;
    const streamId = scene.stream('a');
    const first = await mustAppend(store, streamId, [event('a', 0), event('a', 1)], -1);
    const second = await mustAppend(store, streamId, [event('a', 2)], 1);
    t.match(
      [first, second],
      [
        { kind: 'appended', revision: 1, repeated: false },
        { kind: 'appended', revision: 2, repeated: false },
      ],
    );
    const stored = await store.readStream(streamId);
    t.strictSame(
      stored.map(({ revision, data }) => [revision, data]),
      [
        [0, { n: 0 }],
        [1, { n: 1 }],
        [2, { n: 2 }],
      ],
    );
    t.strictSame([stored[1]?.position, stored[2]?.position], [first.position, second.position]);
    t.ok(scene.start < (stored[0]?.position ?? 0) && first.position < second.position, 'positions grow');
    if (store.capabilities.consecutivePositions) t.equal(stored[0]?.position, first.position - 1, 'one by one');
  }),

  promise('an expectation that does not hold is a conflict that leaves no trace', async (t, scene) => {
    const { store, event } = scene;
    const streamId = scene.stream('a');
    await mustAppend(store, streamId, [event('a', 0), event('a', 1)], -1);
    const before = await store.head();
    for (const expected of [-1, 0, 2, 7]) {
      const outcome = await store.append({ streamId, expected, events: [event('late', expected)] });
      t.strictSame(outcome, { kind: 'conflict', streamId, actualRevision: 1 }, `expected ${expected}`);
    }
    const missing = scene.stream('missing');
    t.strictSame(await store.append({ streamId: missing, expected: 0, events: [event('missing', 0)] }), {
      kind: 'conflict',
      streamId: missing,
      actualRevision: -1,
    });
    t.equal((await store.readStream(streamId)).length, 2);
    t.strictSame(await store.readStream(missing), []);
    t.ok((await mustAppend(store, streamId, [event('a', 2)], 1)).position > before, 'and the right one still lands');
  }),

  promise('an append without events is a mistake of the caller', async (t, scene) => {
    await t.rejects(scene.store.append({ streamId: scene.stream('a'), expected: 'any', events: [] }), RangeError);
  }),
];

const repetition: readonly Promised[] = [
  promise('the same append again is answered with its first outcome, also after others', async (t, scene) => {
    const { store, event } = scene;
    const streamId = scene.stream('a');
    await mustAppend(store, streamId, [event('a', 0)], -1);
    const append = { streamId, expected: 0, events: [event('a', 1), event('a', 2)] };
    const first = await store.append(append);
    t.strictSame(await store.append(append), { ...first, repeated: true });
    await mustAppend(store, streamId, [event('a', 3), event('a', 4)], 2);
    t.strictSame(await (await scene.another()).append(append), { ...first, repeated: true }, 'from elsewhere');
    t.equal((await store.readStream(streamId)).length, 5);
  }),

  promise('the same events with any expectation have one effect too', async (t, scene) => {
    const { store, event } = scene;
    const streamId = scene.stream('a');
    const append = { streamId, expected: 'any' as const, events: [event('a', 0), event('a', 1)] };
    const first = await store.append(append);
    await mustAppend(store, streamId, [event('a', 2)]);
    t.strictSame(await store.append(append), { ...first, repeated: true });
    t.equal((await store.readStream(streamId)).length, 3);
  }),

  promise('an append that only partly repeats what is there is a conflict', async (t, scene) => {
    const { store, event } = scene;
    const streamId = scene.stream('a');
    await mustAppend(store, streamId, [event('a', 0), event('a', 1)], -1);
    for (const [expected, ...events] of [
      [-1, event('a', 0), event('b', 1)],
      [-1, event('a', 0), event('a', 1), event('a', 2)],
    ] as const) {
      t.match(await store.append({ streamId, expected, events }), { kind: 'conflict', actualRevision: 1 });
    }
    t.equal((await store.readStream(streamId)).length, 2);
  }),

  promise('the same append many times at once has one effect', async (t, scene) => {
    const { event } = scene;
    const stores = [scene.store, await scene.another()];
    const append = { streamId: scene.stream('a'), expected: -1, events: [event('a', 0), event('a', 1)] };
    const outcomes = await Promise.all(Array.from({ length: 16 }, (_, n) => stores[n % 2]?.append(append)));
    t.equal(outcomes.filter((outcome) => outcome?.kind === 'appended' && !outcome.repeated).length, 1);
    t.equal(outcomes.filter((outcome) => outcome?.kind === 'appended' && outcome.repeated).length, 15);
    t.equal((await scene.store.readStream(append.streamId)).length, 2);
  }),
];

const AWKWARD: Record<string, JsonObject> = {
  empty: {},
  emptyKey: { '': '' },
  nested: { a: [[], {}, [{ b: [null, true, false, { c: [[[['deep']]]] }] }]] },
  unicode: { text: 'Zażółć 漢字 العربية 🇺🇦👩‍👩‍👧 e\u0301 \u2028\u2029', ключ: 'значение' },
  controls: { text: '\u0000\u0001\b\f\n\r\t\u001f\u007f "quoted" \\back\\slash {brace},{comma}' },
  loneSurrogate: { text: '\ud83d' },
  numbers: {
    max: Number.MAX_SAFE_INTEGER,
    min: Number.MIN_SAFE_INTEGER,
    huge: 1.7976931348623157e308,
    tiny: 5e-324,
    third: 1 / 3,
    big: 1e21,
    beyond: 2 ** 60,
  },
  order: { z: 1, a: 2, m: { y: 1, b: 2 } },
  likeNull: { text: 'NULL', nothing: null },
};

const content: readonly Promised[] = [
  promise('an event comes back as it went in', async (t, scene) => {
    const { store } = scene;
    const streamId = scene.stream('ключ with spaces, commas {and} "quotes"');
    const events = Object.entries(AWKWARD).map(([purpose, data], n) => {
      const event = scene.event(purpose, n, data, 'Happened.v2');
      return {
        ...event,
        meta: {
          ...event.meta,
          reason: `because "${purpose}" \\ 漢`,
          traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        },
      };
    });
    await mustAppend(store, streamId, events, -1);
    const stored = (await store.readStream(streamId)).map(plain);
    for (const [n, { position, recordedAt, ...event }] of stored.entries()) {
      t.strictSame(event, { ...events[n], streamId, revision: n });
      t.equal(
        JSON.stringify([event.data, event.meta]),
        JSON.stringify([events[n]?.data, events[n]?.meta]),
        'keys in order',
      );
      t.match([position, recordedAt], [Number, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/]);
    }
    t.equal(stored.length, events.length);
    const read: unknown[] = [];
    for await (const page of store.readAll({ after: scene.start, tenantId: scene.tenantId }))
      read.push(...page.events.map(plain));
    t.strictSame(read, stored, 'and the log tells the same as the stream');
  }),

  promise('many events at once keep their order, whatever they weigh together', async (t, scene) => {
    const { store, event } = scene;
    const streamId = scene.stream('a');
    const filler = 'x'.repeat(700);
    const events = Array.from({ length: 3_000 }, (_, n) => event('a', n, { n, filler }));
    t.equal((await mustAppend(store, streamId, events, -1)).revision, 2_999);
    const stored = await store.readStream(streamId);
    t.strictSame(
      stored.map(({ data }) => data['n']),
      events.map(({ data }) => data['n']),
    );
    t.strictSame(
      (await store.readStream(streamId, 2_998)).map(({ revision }) => revision),
      [2_998, 2_999],
    );
  }),

  promise('an event over the limit is too large, one just below is not', async (t, scene) => {
    const { store, event } = scene;
    const streamId = scene.stream('a');
    const sized = (bytes: number) => event('sized', bytes, { filler: 'x'.repeat(bytes) });
    await t.rejects(store.append({ streamId, expected: -1, events: [event('a', 0), sized(MIB)] }), TooLarge);
    t.strictSame(await store.readStream(streamId), [], 'nothing of that append is there');
    await mustAppend(store, streamId, [sized(1_000_000)], -1);
    const wide = event('wide', 1, { filler: '漢'.repeat(400_000) });
    await t.rejects(
      store.append({ streamId, expected: 0, events: [wide] }),
      TooLarge,
      'bytes are counted, not letters',
    );
    t.equal((await store.readStream(streamId)).length, 1);
  }),
];

const rivalry: readonly Promised[] = [
  promise('of concurrent writers exactly one wins each revision', async (t, scene) => {
    const stores = [scene.store, await scene.another()] as const;
    const streamId = scene.stream('contested');
    const won: number[] = [];
    const write = async (writer: number): Promise<void> => {
      const store = stores[writer % 2 === 0 ? 0 : 1];
      let expected = -1;
      for (let n = 0; n < 10; ) {
        const outcome = await store.append({ streamId, expected, events: [scene.event(`writer ${writer}`, n)] });
        if (outcome.kind === 'conflict') expected = outcome.actualRevision;
        else {
          won.push(outcome.revision);
          expected = outcome.revision;
          n += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
    const revisions = Array.from({ length: 160 }, (_, revision) => revision);
    t.strictSame(
      won.toSorted((a, b) => a - b),
      revisions,
      'each revision was promised once',
    );
    const stored = await scene.store.readStream(streamId);
    t.strictSame(
      stored.map(({ revision }) => revision),
      revisions,
    );
    t.equal(new Set(stored.map(({ id }) => id)).size, 160);
  }),
];

export const appending: readonly Promised[] = [...outcomes, ...repetition, ...content, ...rivalry];
