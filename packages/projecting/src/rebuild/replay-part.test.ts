import t from 'tap';
import { append, ordinaryDays } from '../../test-support/log.ts';
import { run, untilFolded } from '../../test-support/run.ts';
import { openScene, type Scene, sameAsFold } from '../../test-support/scene.ts';
import { stages } from '../../test-support/toy.ts';
import { type PartialReplayOptions, replayPart, verify } from '../index.ts';

t.setTimeout(120_000);

/** Two tenants with 600 events each, folded; somebody has laid hands on rows of the first. */
const spoilt = async (t: Parameters<typeof openScene>[0]): Promise<Scene> => {
  const scene = await openScene(t);
  await append(scene.store, [...ordinaryDays(600), ...ordinaryDays(600, 0, 't2')]);
  const runner = run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 1_200);
  await runner.stop();
  await scene.pool.query(`update toy_times.entries set seconds = seconds + 1 where tenant_id = 't1' and entry_id = 'entry-401';
    delete from toy_days.days where tenant_id = 't1' and day = '2026-03-05'`);
  return scene;
};

const tables = (differences: readonly { readonly table: string; readonly count: number }[]) =>
  differences.map(({ table, count }) => [table, count]);

t.test('verify tells rows that the fold does not make, and hashes those that it does', async (t) => {
  const scene = await spoilt(t);
  const report = await verify(scene);
  t.strictSame(tables(report.differences), [
    ['entries', 1],
    ['days', 1],
  ]);
  t.match(report, { position: 1_200, compared: scene.names, events: 1_200 });
  const again = await verify({ ...scene, pageSize: 17, memoryLimit: 1 });
  t.strictSame(again.hashes, report.hashes, 'the same log, the same hashes, however it is read');
  const then = await verify({ ...scene, at: 600 });
  t.strictSame([then.position, then.compared], [600, []]);
  t.not(then.hashes[0]?.hash, report.hashes[0]?.hash);
  t.strictSame(then.hashes.at(-1), { ...then.hashes.at(-1), projection: 'toy-days', table: 'days', rows: 28 });
  await append(scene.store, ordinaryDays(5, 600), 'later');
  t.strictSame((await verify({ ...scene, at: 600 })).hashes, then.hashes, 'what was known once does not change');
  const { rows } = await scene.pool.query(`select 1 from pg_namespace where nspname like 'toy%\\_\\_%'`);
  t.equal(rows.length, 0, 'nothing is left lying about');
});

t.test('a partial replay looks at a tenant, or at the rows that some of its events touch', async (t) => {
  const scene = await spoilt(t);
  const replay = (scope: PartialReplayOptions['scope'], onDifference: 'stop' | 'repair' = 'stop') =>
    replayPart({ ...scene, scope, onDifference });
  const other = await replay({ tenantId: 't2' });
  t.match(other, { differences: [], repaired: false, rowsTouched: null, events: 600, position: 1_200 });
  const ofOne = await replay({
    tenantId: 't1',
    touches: ({ data }) => (data as { entryId?: string }).entryId === 'entry-401',
  });
  t.strictSame(tables(ofOne.differences), [['entries', 1]], 'its entry, its stage and its day; the other day is not');
  t.equal(ofOne.rowsTouched, 3);
  const none = await replay({ tenantId: 't1', touches: () => false });
  t.strictSame([none.differences, none.rowsTouched], [[], 0]);
  t.strictSame(
    tables((await replay({ tenantId: 't1' })).differences),
    [
      ['entries', 1],
      ['days', 1],
    ],
    'nothing was changed',
  );

  const runner = run(t, { ...scene });
  const stage = () => scene.models.row('toy-times', stages, 't1', 'stage-7');
  const before = await stage();
  const repaired = await replay({ tenantId: 't1' }, 'repair');
  t.match(
    [repaired.repaired, tables(repaired.differences)],
    [
      true,
      [
        ['entries', 1],
        ['days', 1],
      ],
    ],
  );
  t.not((await stage()).snapshot, before.snapshot, 'readers are told');
  t.strictSame((await replay({ tenantId: 't1' })).differences, []);
  const position = await append(scene.store, ordinaryDays(20, 600), 'later');
  await untilFolded(scene.pool, scene.names, position);
  t.equal(await sameAsFold(t, scene, scene.projections), position, 'and the fold goes on with what is there now');
  await runner.stop();
});
