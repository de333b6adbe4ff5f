import type { ReadAllOptions } from '../port.ts';
import { collect, mustAppend, type Promised, promise } from './scene.ts';

type Scene = Parameters<Promised['play']>[1];

/** 30 events in three streams: types A, B, C in turn; every fifth belongs to another tenant. */
const fill = async (scene: Scene): Promise<number[]> => {
  const positions: number[] = [];
  for (let n = 0; n < 30; n += 1) {
    const foreign = n % 5 === 4;
    const event = scene.event('fill', n, { n }, 'ABC'[n % 3]);
    const tenantId = foreign ? `${scene.tenantId}x` : scene.tenantId;
    const streamId = foreign ? `suite-${tenantId}/f` : scene.stream(`${n % 3}`);
    const stored = { ...event, meta: { ...event.meta, tenantId } };
    positions.push((await mustAppend(scene.store, streamId, [stored])).position);
  }
  return positions;
};

const read = async (scene: Scene, options: Partial<ReadAllOptions> = {}): Promise<unknown[]> => {
  const pages = await collect(scene.store.readAll({ after: scene.start, ...options }));
  return pages
    .flatMap(({ events }) => events)
    .filter(({ meta }) => meta.tenantId.startsWith(scene.tenantId))
    .map(({ data }) => data['n']);
};

const numbers = (holds: (n: number) => boolean): number[] => Array.from({ length: 30 }, (_, n) => n).filter(holds);

export const reading: readonly Promised[] = [
  promise('a stream that does not exist reads as empty', async (t, scene) => {
    t.strictSame(await scene.store.readStream(scene.stream('missing')), []);
    t.strictSame(await scene.store.readStream(scene.stream('missing'), 3), []);
    await mustAppend(scene.store, scene.stream('a'), [scene.event('a', 0)]);
    t.strictSame(await scene.store.readStream(scene.stream('a'), 1), [], 'nor is there anything behind its end');
  }),

  promise('the log is read in order, by range, type and tenant', async (t, scene) => {
    const positions = await fill(scene);
    const at = (n: number): number => positions[n] ?? Number.NaN;
    t.strictSame(
      await read(scene),
      numbers(() => true),
    );
    t.strictSame(
      await read(scene, { after: at(9), upTo: at(19) }),
      numbers((n) => n > 9 && n <= 19),
      'after is out, up to is in',
    );
    t.strictSame(await read(scene, { after: at(29) }), []);
    t.strictSame(
      await read(scene, { upTo: at(29) + 1_000_000 }),
      numbers(() => true),
      'beyond the end is up to the end',
    );
    t.strictSame(
      await read(scene, { types: ['A', 'C'] }),
      numbers((n) => n % 3 !== 1),
    );
    t.strictSame(
      await read(scene, { types: ['A', `it's "odd"`] }),
      numbers((n) => n % 3 === 0),
    );
    t.strictSame(await read(scene, { types: [] }), [], 'no type is wanted');
    t.strictSame(
      await read(scene, { tenantId: scene.tenantId }),
      numbers((n) => n % 5 !== 4),
      'not the tenant whose name begins alike',
    );
    t.strictSame(
      await read(scene, { tenantId: `${scene.tenantId}x`, types: ['B'] }),
      numbers((n) => n % 5 === 4 && n % 3 === 1),
    );
  }),

  promise('pages are no larger than asked for, lose nothing, and say how far they saw', async (t, scene) => {
    const positions = await fill(scene);
    const end = positions[29] as number;
    for (const options of [
      { pageSize: 7 },
      { pageSize: 7, types: ['A'] },
      { pageSize: 1, tenantId: scene.tenantId },
      {},
    ]) {
      const pages = await collect(scene.store.readAll({ after: scene.start, upTo: end, ...options }));
      const found = pages.flatMap(({ events }) => events.map(({ position }) => position));
      t.strictSame(
        found,
        found.toSorted((a, b) => a - b),
      );
      t.ok(pages.every(({ events }) => events.length <= (options.pageSize ?? Number.POSITIVE_INFINITY)));
      let seen = scene.start;
      for (const { events, upTo } of pages) {
        t.ok(
          events.every(({ position }) => position > seen && position <= upTo) && upTo >= seen,
          'a page holds what lies behind the one before',
        );
        seen = upTo;
      }
      t.equal(seen, end, 'the last page reaches the end asked for');
    }
  }),

  promise('reading on from where a page ended gives each event once', async (t, scene) => {
    await fill(scene);
    const seen: unknown[] = [];
    let after = scene.start;
    for (let end = await scene.store.head(); after < end; ) {
      for await (const page of scene.store.readAll({ after, pageSize: 4, tenantId: scene.tenantId })) {
        seen.push(...page.events.map(({ data }) => data['n']));
        after = page.upTo;
        break;
      }
      end = await scene.store.head();
    }
    t.strictSame(
      seen,
      numbers((n) => n % 5 !== 4),
    );
  }),

  promise('the end is the one that stood when the reading began', async (t, scene) => {
    await fill(scene);
    const seen: unknown[] = [];
    for await (const page of scene.store.readAll({ after: scene.start, pageSize: 10, tenantId: scene.tenantId })) {
      seen.push(...page.events.map(({ data }) => data['n']));
      await mustAppend(scene.store, scene.stream('late'), [scene.event('late', seen.length)]);
    }
    t.strictSame(
      seen,
      numbers((n) => n % 5 !== 4),
    );
  }),

  promise('the head is the newest position, and the store answers a ping', async (t, scene) => {
    const { position } = await mustAppend(scene.store, scene.stream('a'), [scene.event('a', 0), scene.event('a', 1)]);
    t.ok((await scene.store.head()) >= position);
    t.equal(await scene.store.ping(), true);
  }),

  promise('instants and positions are translated both ways', async (t, scene) => {
    const { store } = scene;
    const positions = await fill(scene);
    const stored = (await collect(store.readAll({ after: scene.start }))).flatMap(({ events }) => events);
    const instants = stored.map(({ recordedAt }) => recordedAt);
    t.strictSame(instants, instants.toSorted(), 'recorded instants never decrease');
    for (const { position, recordedAt } of stored) {
      t.equal(await store.recordedAt(position), recordedAt);
      const last = stored.findLast((event) => event.recordedAt === recordedAt)?.position as number;
      const found = await store.positionAt(recordedAt);
      t.ok(found >= last, 'all that was recorded at that instant is included');
      t.ok(((await store.recordedAt(found)) ?? '') <= recordedAt, 'and nothing later');
      const elsewhere = new Date(Date.parse(recordedAt) + 3_600_000).toISOString().replace('Z', '+01:00');
      t.equal(await store.positionAt(elsewhere), found, 'offsets are understood');
    }
    t.equal(await store.positionAt('1999-12-31T23:59:59Z'), 0);
    t.ok((await store.positionAt('2999-01-01T00:00:00Z')) >= (positions[29] as number));
    t.equal(await store.recordedAt((await store.head()) + 1_000), instants.at(-1), 'at or before');
  }),
];
