import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import t from 'tap';
import { allRows } from '../../test-support/database.ts';
import { history } from '../../test-support/histories.ts';
import { append, ordinaryDays } from '../../test-support/log.ts';
import { run, until, untilFolded } from '../../test-support/run.ts';
import { openScene, type Scene, sameAsFold } from '../../test-support/scene.ts';
import { days, entries, stages, toyDays, toyTimes } from '../../test-support/toy.ts';
import {
  FoldFailed,
  foldInMemory,
  RebuildDiffers,
  RebuildOutdated,
  type RowReader,
  readCheckpoints,
  rebuild,
} from '../index.ts';

t.setTimeout(180_000);

const schemas = async ({ pool }: Scene): Promise<string[]> => {
  const { rows } = await pool.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname like 'toy%' order by 1`,
  );
  return rows.map(({ name }) => name);
};

t.test('live, rebuilt and in memory: whatever happened, the rows are the same', async (t) => {
  const scene = await openScene(t);
  run(t, { ...scene, pageSize: 17 });
  let runs = 0;
  const sizes = fc.record({
    pageSize: fc.integer({ min: 3, max: 60 }),
    memoryLimit: fc.constantFrom(1, 20_000, 10_000_000),
  });
  const check = fc.assert(
    fc.asyncProperty(history(150), sizes, async (events, options) => {
      runs += 1;
      const position = await append(scene.store, events, `run${runs}`);
      assert.ok(await scene.models.caughtUp(scene.names, position, 30_000));
      const report = await rebuild({ ...scene, ...options });
      assert.deepEqual(report.compared, scene.names);
      assert.deepEqual(report.differences, []);
      const live = await scene.models.live(scene.names, (reader) => allRows(reader, scene.projections));
      const memory = (await foldInMemory(scene.projections, scene.store.readAll({ after: 0 }))).reader();
      assert.equal(JSON.stringify(live), JSON.stringify(await allRows(memory, scene.projections)));
    }),
    { numRuns: 8, endOnFailure: true },
  );
  await t.resolves(check);
  t.strictSame(await schemas(scene), ['toy_days', 'toy_times'], 'nothing is left lying about');
});

/** Rows that belong together: what the stages add up to is what the entries add up to. */
const halves = async (reader: RowReader): Promise<{ entries: number; stages: number; days: number }> => {
  const everything = { where: [], orderBy: [], limit: 100_000 };
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    entries: sum((await reader.list(entries, everything)).map(({ seconds }) => seconds)),
    stages: sum((await reader.list(stages, everything)).map(({ totals }) => totals.seconds)),
    days: sum((await reader.list(days, everything)).map(({ events }) => events)),
  };
};

t.test('readers that read all the time never fail, and never see half a model', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(500));
  run(t, { ...scene, pageSize: 100 });
  await untilFolded(scene.pool, scene.names, 500);
  let over = false;
  let reads = 0;
  const read = async (): Promise<void> => {
    let last = 0;
    while (!over) {
      const { position, ...sums } = await scene.models.live(scene.names, async (reader) => ({
        ...(await halves(reader)),
        position: reader.position,
      }));
      assert.equal(sums.entries, sums.stages);
      assert.ok(position >= last && sums.days >= 440, `at ${position}, after ${last}: ${sums.days} days`);
      last = position;
      reads += 1;
    }
  };
  const readHot = async (): Promise<void> => {
    let last = 0;
    while (!over) {
      const { row, position } = await scene.models.row('toy-days', days, 't1', '2026-03-01');
      assert.ok(row && row.events >= last, `${row?.events} at ${position}, after ${last}`);
      last = row.events;
    }
  };
  const write = async (): Promise<number> => {
    let position = 0;
    for (let n = 0; !over; n += 1) {
      position = await append(scene.store, ordinaryDays(5, 500 + 5 * n), `more${n}`);
      await sleep(20);
    }
    return position;
  };
  const work = Promise.all([write(), read(), readHot(), read()]);
  for (let turn = 0; turn < 3; turn += 1) t.strictSame((await rebuild({ ...scene, pageSize: 100 })).differences, []);
  over = true;
  const [position] = await work;
  await untilFolded(scene.pool, scene.names, position);
  t.equal(await sameAsFold(t, scene, scene.projections), position);
  t.ok(reads > 4);
});

t.test('a reader that has begun before a switch reads on what it began with', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(500));
  const runner = run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 500);
  await runner.stop();
  const switching = Promise.withResolvers<void>();
  let switched = false;
  const rebuilding: Promise<void>[] = [];
  const sums = await scene.models.live(scene.names, async (reader) => {
    const rebuilt = rebuild({
      ...scene,
      onProgress: ({ phase }) => {
        if (phase === 'switching') switching.resolve();
      },
    });
    const note = (): void => {
      switched = true;
    };
    rebuilding.push(rebuilt.then(note));
    await switching.promise;
    // More than one attempt to get at the tables.
    await sleep(800);
    t.notOk(switched, 'the switch waits');
    return halves(reader);
  });
  await Promise.all(rebuilding);
  t.ok(switched);
  t.strictSame(sums, await scene.models.live(scene.names, halves));
  t.ok(sums.days > 440);
});

t.test('rows that are not what the fold makes of the log stop the switch, unless told otherwise', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(600));
  const runner = run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 600);
  await runner.stop();
  await scene.pool.query(`update toy_times.entries set seconds = seconds + 1 where entry_id = 'entry-401';
    update toy_times.stages set totals = '{}' where stage_id = 'stage-7';
    delete from toy_days.days where day = '2026-03-05';
    insert into toy_days.days values ('t1', '2031-01-01', 5)`);
  const differences = [
    {
      projection: 'toy-times',
      table: 'entries',
      count: 1,
      rows: [{ key: ['t1', 'entry-401'], kind: 'changed', columns: ['seconds'] }],
    },
    {
      projection: 'toy-times',
      table: 'stages',
      count: 1,
      rows: [{ key: ['t1', 'stage-7'], kind: 'changed', columns: ['totals'] }],
    },
    {
      projection: 'toy-days',
      table: 'days',
      count: 2,
      rows: [
        { key: ['t1', '2026-03-05'], kind: 'only-rebuilt', columns: [] },
        { key: ['t1', '2031-01-01'], kind: 'only-live', columns: [] },
      ],
    },
  ];
  const refused = await rebuild({ ...scene }).then(
    () => undefined,
    (error: unknown) => error,
  );
  t.ok(refused instanceof RebuildDiffers);
  t.strictSame((refused as RebuildDiffers).differences, differences);
  t.match(await scene.models.live(['toy-days'], (reader) => reader.get(days, 't1', '2031-01-01')), { events: 5 });

  const { differences: reported, position } = await rebuild({ ...scene, compare: 'report' });
  t.strictSame(reported, differences);
  t.equal(position, 600);
  t.equal(await sameAsFold(t, scene, scene.projections), 600);
});

t.test(
  'a new version is built while the old rows serve, then takes their place; the old version keeps off',
  async (t) => {
    const scene = await openScene(t);
    await append(scene.store, ordinaryDays(800));
    const old = run(t, { ...scene, leaseMs: 500 });
    await untilFolded(scene.pool, scene.names, 800);
    const projections = [toyTimes(2), toyDays()];
    const next = run(t, { ...scene, projections, leaseMs: 500 });
    await old.stop();
    await until('version 2 is live', async () => {
      return (await readCheckpoints(scene.pool, ['toy-times'])).get('toy-times')?.version === 2;
    });
    await append(scene.store, ordinaryDays(100, 800), 'more');
    await untilFolded(scene.pool, scene.names, 900);
    t.equal(await sameAsFold(t, { ...scene, projections }, projections), 900);
    await next.stop();

    await t.rejects(rebuild({ ...scene }), RebuildOutdated);
    const late = run(t, { ...scene, leaseMs: 500 });
    await append(scene.store, ordinaryDays(100, 900), 'last');
    await untilFolded(scene.pool, ['toy-days'], 1_000);
    t.match((await readCheckpoints(scene.pool, scene.names)).get('toy-times'), { version: 2, position: 900 });
    t.ok(late.lines.some(({ level, message }) => level === 'error' && message.includes('newer version')));
  },
);

t.test('a projection that is new to a long log is built beside those that go on', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(6_000));
  run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 6_000);
  t.equal(await sameAsFold(t, scene, scene.projections), 6_000);
});

t.test('an event that cannot be folded ends a rebuild and names itself; others are built without it', async (t) => {
  const choking = toyDays(({ entryId }) => entryId === 'entry-4321');
  const scene = await openScene(t, [toyTimes(), choking]);
  await append(scene.store, ordinaryDays(6_000));
  const failed = await rebuild({ ...scene }).then(
    () => undefined,
    (error: unknown) => error,
  );
  t.ok(failed instanceof FoldFailed);
  const failure = { position: 4_322, type: 'HoursLogged', error: 'RangeError: cannot count entry-4321' };
  t.strictSame((failed as FoldFailed).failure, failure);
  run(t, { ...scene });
  await untilFolded(scene.pool, ['toy-times'], 6_000);
  t.match((await readCheckpoints(scene.pool, scene.names)).get('toy-days'), { status: 'stopped', failure });
});

t.test('kill -9 in the midst of a rebuild: the old rows serve on, and the next rebuild clears up', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(3_000));
  const runner = run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 3_000);
  const program = fileURLToPath(new URL('../../test-support/rebuild-process.ts', import.meta.url));
  for (const phase of ['folding', 'indexing', 'comparing', 'switching']) {
    const child = spawn(process.execPath, [program, scene.connectionString], { stdio: ['ignore', 'pipe', 'inherit'] });
    const reached = Promise.withResolvers<void>();
    child.stdout.on('data', (data: Buffer) => {
      if (data.toString().includes(phase)) reached.resolve();
    });
    child.on('exit', () => reached.resolve());
    await reached.promise;
    await sleep(5);
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    t.ok((await sameAsFold(t, scene, scene.projections)) >= 3_000, `killed when ${phase}`);
  }
  await append(scene.store, ordinaryDays(100, 3_000), 'more');
  await untilFolded(scene.pool, scene.names, 3_100);
  await rebuild({ ...scene });
  t.strictSame(await schemas(scene), ['toy_days', 'toy_times']);
  t.equal(await sameAsFold(t, scene, scene.projections), 3_100);
  await runner.stop();
});

t.test('a rebuild can be given up at any moment', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(2_000));
  const ending = new AbortController();
  const given = rebuild({
    ...scene,
    pageSize: 100,
    signal: ending.signal,
    onProgress: () => ending.abort(new Error('enough')),
  });
  await t.rejects(given, { message: 'enough' });
  t.strictSame((await readCheckpoints(scene.pool, scene.names)).size, 0);
});
