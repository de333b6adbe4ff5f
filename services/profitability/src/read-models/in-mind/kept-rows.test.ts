import { agencyBegins, entry, fontIsPaid, stageBegins } from '@headroom/contracts/examples/worked-example';
import { foldInMemory } from '@headroom/projecting';
import fc from 'fast-check';
import t from 'tap';
import { recorded, TENANT } from '../../../test-support/recorded.ts';
import { profitabilityProjection } from '../../projections/profitability.ts';
import { type StageRow, stageTable } from '../tables.ts';
import { KeptRows } from './kept-rows.ts';

const second = stageBegins
  .filter(({ type }) => type === 'StagePlanned' || type === 'StageStarted')
  .map((event) => ({ type: event.type, data: { ...event.data, stageId: 'second-stage' } }));
const logged = (id: string, day: string, stageId?: string) => ({
  type: 'HoursLogged',
  data: entry(id, 'anna', day, 1, 'production', stageId === undefined ? {} : { stageId }),
});
const history = [
  ...agencyBegins,
  ...stageBegins,
  logged('a', '2026-03-03'),
  ...second,
  logged('b', '2026-03-04', 'second-stage'),
  fontIsPaid,
  logged('c', '2026-03-05'),
];

/** The rows as they were when the log ended after so many events. */
const readerAt = async (length: number) =>
  (await foldInMemory([profitabilityProjection], recorded(history.slice(0, length)))).reader();

const rowsOf = (rows: ReadonlyMap<string, StageRow>) =>
  [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);

t.test('every snapshot sees its own rows, in whatever order snapshots ask', { timeout: 60_000 }, async (t) => {
  const readers = await Promise.all(Array.from({ length: history.length + 1 }, (_, length) => readerAt(length)));
  const asked = fc.array(fc.nat(history.length), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(asked, fc.boolean(), async (lengths, atOnce) => {
      const kept = new KeptRows<StageRow>(stageTable, ({ stageId }) => stageId);
      const ask = async (length: number) => {
        const reader = readers[length];
        if (reader === undefined) throw new Error('no such moment');
        const told = rowsOf(await kept.of(reader, TENANT));
        const fresh = await reader.where(stageTable, 'byTenant', [TENANT]);
        if (JSON.stringify(told) !== JSON.stringify(fresh)) throw new Error(`other rows after ${length} events`);
      };
      if (atOnce) await Promise.all(lengths.map(ask));
      else for (const length of lengths) await ask(length);
    }),
    { numRuns: 200 },
  );
  t.pass('older and newer ones, one after the other and all at once');
});

t.test('what did not change is the same object', async (t) => {
  const kept = new KeptRows<StageRow>(stageTable, ({ stageId }) => stageId);
  const before = await kept.of(await readerAt(history.length - 1), TENANT);
  const after = await kept.of(await readerAt(history.length), TENANT);
  t.equal(after.get('second-stage'), before.get('second-stage'));
  t.not(after.get('landing-design'), before.get('landing-design'));
  t.equal(await kept.of(await readerAt(history.length), TENANT), after, 'and so is all of it');
});
