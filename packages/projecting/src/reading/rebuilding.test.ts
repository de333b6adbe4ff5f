import t from 'tap';
import { append, ordinaryDays } from '../../test-support/log.ts';
import { run, untilFolded } from '../../test-support/run.ts';
import { openScene } from '../../test-support/scene.ts';
import { entries, stages, toyDays, toyTimes } from '../../test-support/toy.ts';
import { createReadModels, projection, Rebuilding, type RowReader, rebuild, type Table, table } from '../index.ts';

t.setTimeout(120_000);

type Entry = { readonly tenantId: string; readonly entryId: string; readonly weather: string };

/** Entries after an upgrade that tells one thing more of each. */
const withWeather: Table<Entry> = table<Entry>('entries', {
  columns: { tenantId: 'text', entryId: 'text', weather: 'text' },
  key: ['tenantId', 'entryId'],
});

const upgraded = () =>
  projection<{ HoursLogged: { readonly entryId: string } }>({
    name: 'toy-times',
    version: 2,
    tables: [withWeather, stages],
    upcast: (type, data) => ({ type, data }),
    handlers: {
      HoursLogged: {
        fold: (rows, { tenantId, data }) => rows.put(withWeather, { tenantId, entryId: data.entryId, weather: 'fair' }),
      },
    },
  });

const all = { where: [{ column: 'tenantId', equals: 't1' }], orderBy: [], limit: 3 } as const;
const weather = async (reader: RowReader) => (await reader.list(withWeather, all)).map((row) => row.weather);

t.test('rows of an older version serve as long as they can be read, and say so when they cannot', async (t) => {
  const scene = await openScene(t, [toyTimes(), toyDays()]);
  await append(scene.store, ordinaryDays(60));
  const runner = run(t, { ...scene });
  await untilFolded(scene.pool, scene.names, 60);
  await runner.stop();

  const models = createReadModels({ ...scene, projections: [upgraded(), toyDays()] });
  t.teardown(() => models.close());
  const count = async (reader: RowReader) => (await reader.list(stages, all)).length;
  t.equal(await models.live(['toy-times'], count), 3, 'a table that is as it was');
  await t.rejects(models.live(['toy-times'], weather), Rebuilding, 'a column that the old rows do not have');
  await t.rejects(models.row('toy-times', withWeather, 't1', 'e1'), Rebuilding, 'nor has one row of them');
  const misread = async (reader: RowReader) => {
    const [row] = await reader.list(stages, all);
    return (row as unknown as { readonly plan: { readonly seconds: number } }).plan.seconds;
  };
  await t.rejects(models.live(['toy-times'], misread), Rebuilding, 'a document without the field that is looked for');
  await t.rejects(scene.models.live(['toy-times'], misread), TypeError, 'rows of the own version are no excuse');
  t.equal(await scene.models.live(['toy-times'], async (reader) => (await reader.list(entries, all)).length), 3);

  await rebuild({ ...scene, projections: [upgraded()] });
  t.strictSame(await models.live(['toy-times'], weather), ['fair', 'fair', 'fair'], 'once they are rebuilt');
  const late = scene.models.live(['toy-times'], (reader) => reader.list(entries, all));
  await t.rejects(late, Rebuilding, 'and the process that still runs the old code is told');
});
