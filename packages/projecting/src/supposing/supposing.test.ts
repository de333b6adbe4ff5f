import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { allRows } from '../../test-support/database.ts';
import { history } from '../../test-support/histories.ts';
import { append } from '../../test-support/log.ts';
import { run } from '../../test-support/run.ts';
import { openScene } from '../../test-support/scene.ts';
import { entries, stages } from '../../test-support/toy.ts';
import type { Projection, RowReader } from '../index.ts';

t.setTimeout(120_000);

/** Every way of reading, so that none of them misses what is supposed. */
const readings = async (reader: RowReader, projections: readonly Projection[], tenantId: string) => ({
  rows: await allRows(reader, projections),
  ofSpecialist: await reader.where(entries, 'ofSpecialist', [tenantId, 'anna'], {
    from: '2026-03-05',
    to: '2026-03-20',
  }),
  closed: await reader.where(stages, 'byState', [tenantId, 'false'], { from: '2026-03-10' }),
  page: await reader.list(entries, {
    where: [{ column: 'tenantId', equals: tenantId }],
    orderBy: [{ column: 'seconds', descending: true }],
    limit: 3,
  }),
});

t.test('what is supposed is what comes to be', async (t) => {
  const scene = await openScene(t);
  const { projections } = scene;
  run(t, { ...scene, pageSize: 17 });
  let runs = 0;
  const check = fc.assert(
    fc.asyncProperty(history(60), fc.integer({ min: 1, max: 8 }), async (events, count) => {
      runs += 1;
      const tenantId = events.at(-1)?.tenantId ?? 't1';
      const coming = events.filter((event) => event.tenantId === tenantId).slice(-count);
      const before = events.filter((event) => !coming.includes(event));
      const position = await append(scene.store, before, `before${runs}`);
      assert.ok(await scene.models.caughtUp(scene.names, position, 30_000));
      const recordedAt = '2026-04-01T00:00:00.000Z';
      const { now, supposed } = await scene.models.supposing(scene.names, tenantId, async (reader, suppose) => {
        const imagined = await suppose(coming.map(({ type, data }) => ({ type, data, recordedAt })));
        assert.equal(imagined.position, reader.position);
        return {
          now: await readings(reader, projections, tenantId),
          supposed: await readings(imagined, projections, tenantId),
        };
      });
      const unchanged = await scene.models.live(scene.names, (reader) => readings(reader, projections, tenantId));
      assert.deepEqual(unchanged, now, 'supposing changes nothing');
      const reached = await append(scene.store, coming, `coming${runs}`);
      assert.ok(await scene.models.caughtUp(scene.names, reached, 30_000));
      const after = await scene.models.live(scene.names, (reader) => readings(reader, projections, tenantId));
      assert.equal(withoutInstants(supposed), withoutInstants(after));
    }),
    { numRuns: 15, endOnFailure: true },
  );
  await t.resolves(check);
});

/** When an entry was logged is the log's to say. */
const withoutInstants = (read: object): string =>
  JSON.stringify(read, (name, value) => (name === 'loggedAt' ? undefined : value));
