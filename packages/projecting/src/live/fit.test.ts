import t from 'tap';
import { append, ordinaryDays } from '../../test-support/log.ts';
import { run, untilFolded } from '../../test-support/run.ts';
import { openScene } from '../../test-support/scene.ts';
import { toyDays, toyTimes } from '../../test-support/toy.ts';
import { projection, rebuild, unfitRows } from '../index.ts';

/** The same projection after an upgrade that took tables away. */
const upgraded = (version: number) => {
  const { name, tables, upcast } = toyTimes();
  return projection({ name, version, tables: tables.slice(1), upcast, handlers: {} });
};

t.test('rows in the same tables serve whatever version made them; rows in others are told', async (t) => {
  const scene = await openScene(t);
  await append(scene.store, ordinaryDays(50));
  const runner = run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 50);
  await runner.stop();
  t.strictSame(await unfitRows(scene.pool, [toyTimes(2), toyDays()]), [], 'a fold that changed its meaning');
  const other = { projection: 'toy-times', version: 2, live: 1 };
  t.strictSame(
    await unfitRows(scene.pool, [upgraded(2), toyDays()]),
    [other],
    'other tables: not before they are built',
  );
  await rebuild({ ...scene, projections: [upgraded(2)] });
  t.strictSame(await unfitRows(scene.pool, [upgraded(2), toyDays()]), []);
  t.match(await unfitRows(scene.pool, [toyTimes()]), [{ version: 1, live: 2 }], 'and the old process is told');
});
