import t, { type Test } from 'tap';
import { allRows, database } from '../../test-support/database.ts';
import { append, openLog, ordinaryDays } from '../../test-support/log.ts';
import { run, until, untilFolded } from '../../test-support/run.ts';
import { days, toyDays, toyTimes } from '../../test-support/toy.ts';
import { createReadModels, foldInMemory, type Projection, projectionLag, readCheckpoints } from '../index.ts';
import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';

type Setting = Awaited<ReturnType<typeof setting>>;

const setting = async (t: Test, projections: readonly Projection[] = [toyTimes(), toyDays()]) => {
  const { connectionString, pool } = await database(t);
  const store = await openLog(t, connectionString, pool);
  const models = createReadModels({ pool, connectionString, store, projections });
  t.teardown(() => models.close());
  const names = projections.map(({ name }) => name);
  return { connectionString, pool, store, projections, models, names };
};

/** Compares the live rows with the fold of the log up to where they stand. */
const sameAsFold = async (t: Test, { models, names, projections, store }: Setting): Promise<void> => {
  const { live, position } = await models.live(names, async (reader) => ({
    live: await allRows(reader, projections),
    position: reader.position,
  }));
  const memory = await foldInMemory(projections, store.readAll({ after: 0, upTo: position }));
  t.strictSame(live, await allRows(memory.reader(), projections), `live rows are the fold of the log up to ${position}`);
};

t.test('all projections advance in lock step, first over what is there, then with what comes', async (t) => {
  const scene = await setting(t);
  await append(scene.store, ordinaryDays(2_000));
  const runner = run(t, { ...scene, pageSize: 300 });
  await untilFolded(scene.pool, scene.names, 2_000);
  await sameAsFold(t, scene);
  for (let n = 0; n < 20; n += 1) {
    const position = await append(scene.store, ordinaryDays(50, 2_000 + 50 * n), `more${n}`);
    t.ok(await scene.models.caughtUp(scene.names, position, 5_000));
  }
  await sameAsFold(t, scene);
  t.ok(runner.pages.every(({ projections }) => projections.length === 2), 'every page was written for both at once');
  const lag = await projectionLag(scene.store, scene.pool, scene.names);
  t.strictSame(
    lag.map(({ behind, seconds, status }) => [behind, seconds, status]),
    [
      [0, 0, 'following'],
      [0, 0, 'following'],
    ],
  );
});
void days; void until; void readCheckpoints;
