import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { history } from '../../test-support/histories.ts';
import { append, ordinaryDays } from '../../test-support/log.ts';
import { openScene } from '../../test-support/scene.ts';
import { entries, stages } from '../../test-support/toy.ts';
import { catchUpPast, createReadModels, foldInMemory, type RowReader } from '../index.ts';

t.setTimeout(120_000);

const EVERY = 25;

/** All that a tenant's rows hold, asked for in several ways. */
const answers = (tenantId: string) => async (reader: RowReader) => {
  const mine = { column: 'tenantId', equals: tenantId } as const;
  return {
    position: reader.position,
    stage: await reader.get(stages, tenantId, 's1'),
    missing: await reader.get(stages, tenantId, 'nowhere'),
    open: await reader.where(stages, 'byState', [tenantId, 'true']),
    ofAnna: await reader.where(entries, 'ofSpecialist', [tenantId, 'anna'], { from: '2026-03-05' }),
    page: await reader.list(entries, { where: [mine], orderBy: [{ column: 'seconds', descending: true }], limit: 5 }),
    all: await reader.list(entries, { where: [mine], orderBy: [] }),
  };
};

t.test('rows at any position are what the fold up to there made them', async (t) => {
  const scene = await openScene(t);
  const models = createReadModels({ ...scene, pastEvery: EVERY });
  t.teardown(() => models.close());
  let runs = 0;
  let near = 0;
  const check = fc.asyncProperty(
    history(120),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 8 }),
    async (told, at) => {
      runs += 1;
      const tenantId = `run${runs}`;
      const first = await scene.store.head();
      const head = await append(scene.store, told, tenantId);
      const kept = await catchUpPast({ ...scene, every: EVERY });
      assert.equal(kept, Math.floor(head / EVERY) * EVERY);
      for (const share of [...at, 1]) {
        const position = Math.round(first + share * (head - first));
        const events = scene.store.readAll({ after: 0, upTo: position, tenantId: 't1' });
        const memory = (await foldInMemory(scene.projections, events)).reader();
        const whole = async () => undefined;
        const told = await models.near(['toy-times'], { tenantId: 't1', position, concerning: whole }, answers('t1'));
        if (told !== undefined) near += 1;
        const answer = told?.answer ?? (await models.at(['toy-times'], 't1', position, answers('t1')));
        assert.equal(JSON.stringify(answer), JSON.stringify({ ...(await answers('t1')(memory)), position }));
      }
    },
  );
  await t.resolves(fc.assert(check, { numRuns: 5, endOnFailure: true }));
  t.ok(near > 5, `${near} of them from versions`);
});

t.test('versions are kept from where that stopped, and anew for another version', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(60));
  const versions = async () =>
    (await scene.pool.query('select count(*)::int as count from toy_times__past.entries')).rows[0].count;
  t.equal(await catchUpPast({ ...scene, every: EVERY }), 50);
  const kept = await versions();
  t.equal(await catchUpPast({ ...scene, every: EVERY }), 50);
  t.equal(await versions(), kept, 'nothing is kept twice');
  t.equal(await catchUpPast({ ...scene, every: 10 }), 60, 'at other moments: all of it anew');
  const models = createReadModels({ ...scene, pastEvery: EVERY });
  t.teardown(() => models.close());
  const count = async (reader: RowReader) => (await reader.list(entries, { where: [], orderBy: [] })).length;
  t.equal(
    await models.at(['toy-times'], 't1', 55, count),
    await scene.models.at(['toy-times'], 't1', 55, count),
    'a process that looks for other versions folds the log',
  );
});
