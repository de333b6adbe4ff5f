import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { history } from '../../test-support/histories.ts';
import { append, ordinaryDays } from '../../test-support/log.ts';
import { run, untilFolded } from '../../test-support/run.ts';
import { openScene } from '../../test-support/scene.ts';
import { days, entries, rates, stages } from '../../test-support/toy.ts';
import {
  afterRow,
  foldInMemory,
  type ListOptions,
  NotProjected,
  type Projection,
  Remembered,
  type RowReader,
  rebuild,
  schemaOf,
  type Table,
} from '../index.ts';

t.setTimeout(120_000);

const TENANT = 't1';
const mine = { column: 'tenantId', equals: TENANT } as const;

/** A whole list, in pages. */
const listed = async <Row extends object>(
  reader: RowReader,
  table: Table<Row>,
  options: Omit<ListOptions, 'limit' | 'after'>,
): Promise<Row[]> => {
  const all: Row[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last === undefined ? {} : { after: afterRow(table, options.orderBy, last) };
    const page = await reader.list(table, { ...options, ...after, limit: 7 });
    all.push(...page);
    if (page.length < 7) return all;
  }
};

/** Everything that can be asked of a reader. */
const answers = async (reader: RowReader) => ({
  stage: await reader.get(stages, TENANT, '\u{1f600}'),
  missing: await reader.get(stages, TENANT, 'nowhere'),
  rate: await reader.get(rates, TENANT, 'anna', '2026-03-05'),
  ofSpecialist: await reader.where(entries, 'ofSpecialist', [TENANT, 'anna']),
  ofSpecialistFrom: await reader.where(entries, 'ofSpecialist', [TENANT, 'boris'], { from: '2026-03-10' }),
  ofSpecialistWithin: await reader.where(entries, 'ofSpecialist', [TENANT, 'w"e\\ird'], {
    from: '2026-03-05',
    to: '2026-03-20',
  }),
  ofTenant: await reader.where(entries, 'ofSpecialist', [TENANT]),
  open: await reader.where(stages, 'byState', [TENANT, 'true']),
  closedBefore: await reader.where(stages, 'byState', [TENANT, 'false'], { to: '2026-03-15' }),
  noted: await reader.where(entries, 'byNote', [TENANT, 'a"\\b']),
  byNote: await listed(reader, entries, { where: [mine], orderBy: [{ column: 'note' }] }),
  byNoteDown: await listed(reader, entries, {
    where: [mine, { column: 'cost', from: 0 }],
    orderBy: [{ column: 'note', descending: true }, { column: 'seconds' }],
  }),
  latest: await listed(reader, entries, { where: [], orderBy: [{ column: 'loggedAt', descending: true }] }),
  some: await listed(reader, entries, {
    where: [
      mine,
      { column: 'stageId', in: ['s1', '\uffee'] },
      { column: 'workDate', from: '2026-03-03', to: '2026-03-25' },
    ],
    orderBy: [{ column: 'stageId', descending: true }],
  }),
  unclosed: await listed(reader, stages, {
    where: [{ column: 'closedOn', equals: null }],
    orderBy: [{ column: 'open' }],
  }),
  names: await listed(reader, stages, { where: [], orderBy: [{ column: 'name' }, { column: 'stageId' }] }),
});

t.test('live rows and a fold in memory answer alike, to the order and the byte', async (t) => {
  const scene = await openScene(t);
  run(t, { ...scene });
  let runs = 0;
  const check = fc.assert(
    fc.asyncProperty(history(200), async (events) => {
      runs += 1;
      const position = await append(scene.store, events, `run${runs}`);
      assert.ok(await scene.models.caughtUp(scene.names, position, 20_000));
      const live = await scene.models.live(scene.names, answers);
      const memory = (await foldInMemory(scene.projections, scene.store.readAll({ after: 0 }))).reader();
      assert.equal(JSON.stringify(live, null, 1), JSON.stringify(await answers(memory), null, 1));
    }),
    { numRuns: 10, endOnFailure: true },
  );
  await t.resolves(check);
});

t.test('answers as known at an earlier position', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(400));
  await append(scene.store, ordinaryDays(100, 0, 't2'), 'others');
  const { at } = scene.models;
  const sums = async (reader: RowReader) => ({
    position: reader.position,
    rows: (await reader.list(entries, { where: [], orderBy: [], limit: 10_000 })).length,
    stage: (await reader.get(stages, 't1', 'stage-3'))?.totals.seconds,
  });
  const expected = async (position: number) => {
    const events = scene.store.readAll({ after: 0, upTo: position, tenantId: 't1' });
    const reader = (await foldInMemory(scene.projections, events)).reader();
    return { ...(await sums(reader)), position };
  };
  for (const position of [100, 250, 180, 400, 100, 0])
    t.strictSame(await at(['toy-times'], 't1', position, sums), await expected(position), `at ${position}`);
  const all = await Promise.all(
    [90, 300, 90, 310, 450, 300].map((position) => at(['toy-times'], 't1', position, sums)),
  );
  t.strictSame(all, await Promise.all([90, 300, 90, 310, 450, 300].map(expected)), 'all at once');

  const beyond = await at(['toy-times'], 't1', 10_000, sums);
  t.equal(beyond.position, 500, 'what is asked beyond the end holds up to the end');
  await append(scene.store, ordinaryDays(50, 400), 'later');
  t.strictSame(await at(['toy-times'], 't1', 10_000, sums), await expected(550), 'and further when there is more');
});

t.test('a fold does not change while somebody reads it', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(300));
  const count = async (reader: RowReader) =>
    (await reader.list(entries, { where: [], orderBy: [], limit: 10_000 })).length;
  const before = await scene.models.at(['toy-times'], 't1', 100, count);
  const reading = Promise.withResolvers<void>();
  const resume = Promise.withResolvers<void>();
  const slow = scene.models.at(['toy-times'], 't1', 100, async (reader) => {
    reading.resolve();
    await resume.promise;
    const [row] = await reader.list(entries, { where: [], orderBy: [], limit: 1 });
    // What is given out is the reader's own.
    if (row) row.seconds = -1;
    return count(reader);
  });
  await reading.promise;
  const later = await scene.models.at(['toy-times'], 't1', 300, count);
  t.ok(later > before);
  resume.resolve();
  t.equal(await slow, before);
  const negative = { where: [{ column: 'seconds', equals: -1 }], orderBy: [], limit: 1 };
  t.strictSame(await scene.models.at(['toy-times'], 't1', 100, (reader) => reader.list(entries, negative)), []);
});

t.test('hot rows come with the position that they hold for', async (t) => {
  const scene = await openScene(t);
  await t.rejects(scene.models.row('toy-days', days, 't1', '2026-03-01'), NotProjected);
  await t.rejects(
    scene.models.live(scene.names, async () => 1),
    NotProjected,
  );
  await t.rejects(scene.models.snapshot(scene.names), NotProjected);
  t.notOk(await scene.models.caughtUp(scene.names, 1, 20));
  await append(scene.store, ordinaryDays(500));
  run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 500);
  const read = await Promise.all([
    scene.models.row('toy-days', days, 't1', '2026-03-01'),
    scene.models.row('toy-days', days, 't1', '2027-03-01'),
    scene.models.row('toy-times', rates, 't1', 'specialist-1', '2026-03-16'),
    scene.models.row('toy-times', stages, 't1', 'stage-2'),
  ]);
  const memory = (await foldInMemory(scene.projections, scene.store.readAll({ after: 0 }))).reader();
  t.strictSame(
    read.map(({ row, position }) => ({ row, position })),
    [
      { row: await memory.get(days, 't1', '2026-03-01'), position: 500 },
      { row: undefined, position: 500 },
      { row: await memory.get(rates, 't1', 'specialist-1', '2026-03-16'), position: 500 },
      { row: await memory.get(stages, 't1', 'stage-2'), position: 500 },
    ],
  );
  t.equal(read[2].snapshot, read[3].snapshot, 'rows of one projection, nothing written between');
  t.not(read[0].snapshot, read[2].snapshot);
  const seen = await scene.models.live(scene.names, async ({ snapshot }) => snapshot);
  t.equal(await scene.models.snapshot(scene.names), seen, 'told without reading rows');
  t.equal(await scene.models.snapshot(scene.names.toReversed()), seen);
  t.ok(read[0].row && read[3].row);
});

t.test(
  'a hot row that has not changed is the same object; one that has is read anew, also after a rebuild',
  async (t) => {
    const scene = await openScene(t);
    await append(scene.store, ordinaryDays(300));
    const runner = run(t, { ...scene });
    await untilFolded(scene.pool, scene.names, 300);
    const both = () =>
      scene.models.rows(
        'toy-times',
        { table: stages, key: ['t1', 'stage-2'] },
        { table: rates, key: ['t1', 'specialist-1', '2026-03-16'] },
      );
    const [before, together] = await Promise.all([both(), both()]);
    t.ok(before.rows[0] && before.rows[1]);
    t.equal(together.rows[0], before.rows[0]);
    const alone = await scene.models.rows('toy-times', { table: stages, key: ['t1', 'stage-1'] });
    const [known, mixed] = await Promise.all([
      both(),
      scene.models.rows(
        'toy-times',
        { table: stages, key: ['t1', 'stage-1'] },
        { table: stages, key: ['t1', 'stage-99'] },
        { table: stages, key: ['t1', 'stage-2'] },
      ),
    ]);
    t.equal(known.rows[0], before.rows[0], 'nothing was written: the same object');
    t.equal(known.rows[1], before.rows[1]);
    t.equal(known.position, 300);
    t.strictSame(mixed.rows, [alone.rows[0], undefined, before.rows[0]], 'known ones and others in one question');
    t.throws(() => Object.assign(before.rows[0] ?? {}, { stageId: 'other' }), TypeError, 'and nobody can change it');

    const position = await append(scene.store, ordinaryDays(200, 300), 'more');
    await untilFolded(scene.pool, scene.names, position);
    const after = await both();
    const memory = (await foldInMemory(scene.projections, scene.store.readAll({ after: 0 }))).reader();
    t.equal(after.position, position);
    t.not(after.rows[0], before.rows[0]);
    t.strictSame(after.rows[0], await memory.get(stages, 't1', 'stage-2'));
    t.equal(after.rows[1], before.rows[1], 'no event has changed it');

    await runner.stop();
    // As whoever writes rows does, and after it the checkpoint.
    await scene.pool.query(
      `update ${schemaOf(scene.projections[0] as Projection)}.stages set name = 'spoilt';
       update projecting.checkpoint set position = position where projection = 'toy-times'`,
    );
    const spoilt = await both();
    t.not(spoilt.rows[0], after.rows[0]);
    await rebuild({ ...scene, compare: 'report' });
    t.strictSame((await both()).rows[0], after.rows[0]);
  },
);

t.test('answers are remembered by their rows, their variant and their position', async (t) => {
  const remembered = new Remembered<{ readonly knownAt: number; readonly made: number }>();
  let made = 0;
  const [row, settings] = [{}, {}];
  const ask = (variant: string, position: number, rows: [object, object] = [row, settings]) =>
    remembered.of(rows, variant, position, () => ({ knownAt: position, made: ++made }));
  const first = ask('a', 7);
  t.equal(ask('a', 7), first);
  t.strictSame(ask('a', 8), { knownAt: 8, made: 1 });
  t.strictSame(ask('b', 8), { knownAt: 8, made: 2 });
  t.strictSame(ask('a', 8, [row, {}]), { knownAt: 8, made: 3 });
  t.strictSame(ask('a', 8, [{}, settings]), { knownAt: 8, made: 4 });
  t.strictSame(ask('a', 9), { knownAt: 9, made: 1 });
  for (let n = 0; n < 8; n += 1) ask(`other ${n}`, 9);
  t.strictSame(ask('a', 9), { knownAt: 9, made: 13 }, 'what was not asked for longest is forgotten');
});

t.test('waiting for a position also works when no notification comes', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(100));
  const runner = run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 100);
  await runner.stop();
  t.notOk(await scene.models.caughtUp(scene.names, 101, 30));
  const waiting = scene.models.caughtUp(scene.names, 101, 10_000);
  await scene.pool.query('update projecting.checkpoint set position = 101');
  t.ok(await waiting);
});
