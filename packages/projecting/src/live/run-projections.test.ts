import t from 'tap';
import { append, ordinaryDays } from '../../test-support/log.ts';
import { run, until, untilFolded } from '../../test-support/run.ts';
import { openScene, sameAsFold } from '../../test-support/scene.ts';
import { toyDays, toyTimes } from '../../test-support/toy.ts';
import { projectionLag, readCheckpoints, resumeProjections } from '../index.ts';

t.setTimeout(120_000);

t.test('all projections advance in lock step, first over what is there, then with what comes', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(2_000));
  const runner = run(t, { ...scene, pageSize: 300 });
  await untilFolded(scene.pool, scene.names, 2_000);
  await sameAsFold(t, scene, scene.projections);
  for (let n = 0; n < 20; n += 1) {
    const position = await append(scene.store, ordinaryDays(50, 2_000 + 50 * n), `more${n}`);
    t.ok(await scene.models.caughtUp(scene.names, position, 10_000));
  }
  await sameAsFold(t, scene, scene.projections);
  t.ok(
    runner.pages.every(({ projections }) => projections.length === 2),
    'every page was written for both at once',
  );
  const lag = await projectionLag(scene.store, scene.pool, scene.names);
  t.strictSame(
    lag.map(({ behind, seconds, status }) => [behind, seconds, status]),
    [
      [0, 0, 'following'],
      [0, 0, 'following'],
    ],
  );
});

t.test('a handler that throws stops its projection at that event, and no other', async (t) => {
  const times = toyTimes();
  const choking = toyDays(({ entryId }) => entryId === 'entry-777');
  const scene = await openScene(t, [times, choking]);
  await append(scene.store, ordinaryDays(700));
  const first = run(t, { ...scene, pageSize: 200 });
  await untilFolded(scene.pool, scene.names, 700);
  await append(scene.store, ordinaryDays(500, 700), 'more');
  await untilFolded(scene.pool, ['toy-times'], 1_200);
  await until('it has stopped', async () => {
    const checkpoint = (await readCheckpoints(scene.pool, ['toy-days'])).get('toy-days');
    return checkpoint?.status === 'stopped';
  });

  const stopped = (await readCheckpoints(scene.pool, ['toy-days'])).get('toy-days');
  t.match(stopped, {
    position: 777,
    failure: { position: 778, type: 'HoursLogged', error: 'RangeError: cannot count entry-777' },
  });
  t.equal(await sameAsFold(t, scene, [choking]), 777, 'what the failing event had begun left no trace');
  t.equal(await sameAsFold(t, scene, [times]), 1_200);
  t.ok(first.lines.some(({ level, message }) => level === 'error' && message === 'projection stopped'));
  t.match(await projectionLag(scene.store, scene.pool, ['toy-days']), [{ status: 'stopped', behind: 423 }]);
  await first.stop();

  const mended = toyDays();
  run(t, { ...scene, projections: [times, mended] });
  await untilFolded(scene.pool, scene.names, 1_200);
  await append(scene.store, ordinaryDays(100, 1_200), 'last');
  await untilFolded(scene.pool, scene.names, 1_300);
  t.equal(await sameAsFold(t, { ...scene }, [times, mended]), 1_300, 'nothing was skipped');
});

t.test('a stopped projection goes on when it is resumed, without a restart', async (t) => {
  let broken = true;
  const scene = await openScene(t, [toyTimes(), toyDays(({ entryId }) => broken && entryId === 'entry-50')]);
  const runner = run(t, { ...scene });
  await append(scene.store, ordinaryDays(100));
  await until('it has stopped', () => runner.lines.some(({ message }) => message === 'projection stopped'));
  t.strictSame(await resumeProjections(scene.pool, scene.names), ['toy-days']);
  const stops = () => runner.lines.filter(({ message }) => message === 'projection stopped').length;
  await until('it has stopped again', () => stops() === 2);
  broken = false;
  t.strictSame(await resumeProjections(scene.pool, scene.names), ['toy-days']);
  await append(scene.store, ordinaryDays(100, 100), 'more');
  await untilFolded(scene.pool, scene.names, 200);
  t.equal(await sameAsFold(t, scene, scene.projections), 200);
  let further = 0;
  await until('both are written together', async () => {
    further += 1;
    await append(scene.store, ordinaryDays(1, 200 + further), `further${further}`);
    return runner.pages.at(-1)?.projections.length === 2;
  });
});

/** Too much for an index, and not to be compressed. */
const unwritable = Array.from({ length: 3_000 }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7919) % 20_000))).join(
  '',
);

t.test('a row that the database refuses stops its projection at that event, and no other', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(300));
  const event = {
    type: 'HoursLogged' as const,
    tenantId: 't1',
    data: {
      entryId: 'long',
      specialistId: 'specialist-1',
      stageId: 'stage-1',
      workDate: '2026-03-01',
      seconds: 1,
      note: unwritable,
    },
  };
  await append(scene.store, [event], 'long');
  await append(scene.store, ordinaryDays(300, 300), 'more');
  run(t, { ...scene, pageSize: 150 });
  await untilFolded(scene.pool, ['toy-days'], 601);
  await until('it has stopped', async () => {
    const checkpoint = (await readCheckpoints(scene.pool, ['toy-times'])).get('toy-times');
    return checkpoint?.status === 'stopped';
  });
  t.match((await readCheckpoints(scene.pool, ['toy-times'])).get('toy-times')?.failure, {
    position: 301,
    type: 'HoursLogged',
    error: /index row/,
  });
  t.equal((await readCheckpoints(scene.pool, ['toy-times'])).get('toy-times')?.position, 300);
  t.equal(await sameAsFold(t, scene, scene.projections.slice(0, 1)), 300);
  t.equal(await sameAsFold(t, scene, scene.projections.slice(1)), 601);
});

t.test('sessions that are ended under its hands cost nothing but time', async (t) => {
  const scene = await openScene(t);
  run(t, { ...scene, pageSize: 40 });
  for (let n = 0; n < 6; n += 1) {
    await append(scene.store, ordinaryDays(400, 400 * n), `part${n}`);
    await scene.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'headroom proj%' and datname = current_database()`,
    );
  }
  await untilFolded(scene.pool, scene.names, 2_400);
  t.equal(await sameAsFold(t, scene, scene.projections), 2_400);
});

t.test('a projection that comes later catches up, then goes in step', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(900));
  const alone = run(t, { ...scene, projections: scene.projections.slice(0, 1) });
  await untilFolded(scene.pool, ['toy-times'], 900);
  await alone.stop();
  const both = run(t, { ...scene, pageSize: 100 });
  await untilFolded(scene.pool, scene.names, 900);
  await append(scene.store, ordinaryDays(200, 900), 'more');
  await untilFolded(scene.pool, scene.names, 1_100);
  t.equal(await sameAsFold(t, scene, scene.projections), 1_100);
  await until('both are written together', () => both.pages.at(-1)?.projections.length === 2);
});
