/**
 * Random histories: what the live projections make of them, a rebuild from zero makes, a partial replay, and a fold in
 * memory; and what is supposed of their end is what they make of it. `REPLAY_RUNS=10000` for a long run.
 */

import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPostgresEventStore, type EventStore } from '@headroom/event-store';
import { migrateDatabaseAt } from '@headroom/host/migrations';
import { projections } from '@headroom/host/operations';
import { createPool } from '@headroom/postgres';
import {
  createReadModels,
  foldInMemory,
  readCheckpoints,
  rebuild,
  replayPart,
  runProjections,
} from '@headroom/projecting';
import fc from 'fast-check';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { historyOf, historyStream, newEvents, type PublishedEvent } from '../support/histories.ts';
import { steps } from '../support/history-steps.ts';
import { type AllRows, allRows, differing } from '../support/rows.ts';

const RUNS = Number(process.env.REPLAY_RUNS ?? 25);
/** The file as a whole; a long run takes as long as it takes. */
const PATIENCE_MS = Math.max(280_000, RUNS * 2_000);
t.setTimeout(PATIENCE_MS + 20_000);

const WAIT_MS = 60_000;

/** Live projections over a database of their own. */
const startFolding = async (t: Test) => {
  const { connectionString } = await testDatabase(t);
  await migrateDatabaseAt(connectionString);
  const store = await createPostgresEventStore({ connectionString });
  const pool = createPool(connectionString, { applicationName: 'test' });
  const readModels = createReadModels({ pool, connectionString, store, projections });
  const ending = new AbortController();
  const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const { signal } = ending;
  const running = runProjections({ store, connectionString, projections, holder: 'test', signal, logger });
  t.teardown(async () => {
    ending.abort();
    await running.done;
    await readModels.close();
    await store.close();
    await pool.end();
  });
  const live = (tenantId: string) => allRows(tenantId, (name, question) => readModels.live([name], question));
  const caughtUp = async () => {
    const names = projections.map(({ name }) => name);
    if (await readModels.caughtUp(names, await store.head(), WAIT_MS)) return;
    const stopped = [...(await readCheckpoints(pool, names)).values()].flatMap(({ failure }) => failure ?? []);
    throw new Error(`the projections lag: ${JSON.stringify(stopped)}`);
  };
  const supposed = (tenantId: string, events: readonly PublishedEvent[]) =>
    readModels.supposing(
      projections.map(({ name }) => name),
      tenantId,
      async (_, suppose) => {
        const recordedAt = new Date().toISOString();
        const reader = await suppose(events.map(({ type, data }) => ({ type, data, recordedAt })));
        return allRows(tenantId, (_name, question) => question(reader));
      },
    );
  return { store, connectionString, live, caughtUp, supposed };
};

const append = async (
  store: EventStore,
  tenantId: string,
  events: readonly PublishedEvent[],
  cuts: readonly number[],
  after = 0,
) => {
  const streamId = historyStream(tenantId);
  const all = newEvents(events, tenantId).slice(after);
  let from = 0;
  // In pieces of several sizes, so that pages of the live projections end anywhere.
  for (let turn = 0; from < all.length; turn += 1) {
    const size = 1 + ((cuts[turn % Math.max(1, cuts.length)] ?? 7) % 20);
    await store.append({ streamId, expected: 'any', events: all.slice(from, from + size) });
    from += size;
  }
};

const folded = async (store: EventStore, tenantId: string) => {
  const reader = (await foldInMemory(projections, store.readAll({ after: 0, tenantId }))).reader();
  return allRows(tenantId, (_, question) => question(reader));
};

/** When and by whom something was recorded is the log's to say. */
const withoutRecording = (rows: AllRows): AllRows =>
  JSON.parse(
    JSON.stringify(rows)
      .replaceAll(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"an instant"')
      .replaceAll('"system:what-if"', '"key:owner"')
      // Nor has what is supposed a stream.
      .replaceAll(/"(sheets|rateStreams)":\[[^\]]*\]/g, '"$1":[]'),
  );

t.test('live == supposed == fold in memory == rebuild == partial replay', { timeout: PATIENCE_MS }, async (t) => {
  const { store, connectionString, live, caughtUp, supposed } = await startFolding(t);
  let tenants = 0;
  const cutting = fc.array(fc.nat(1_000), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(steps, cutting, fc.integer({ min: 1, max: 6 }), async (taken, cuts, last) => {
      tenants += 1;
      const tenantId = `history${tenants}`;
      const events = historyOf(taken);
      const known = events.length - last;
      await append(store, tenantId, events.slice(0, known), cuts);
      await caughtUp();
      const imagined = await supposed(tenantId, events.slice(known));
      await append(store, tenantId, events, cuts, known);
      await caughtUp();
      const untrue = differing(withoutRecording(imagined), withoutRecording(await live(tenantId)));
      if (untrue.length > 0) throw new Error(`what was supposed did not come to be: ${untrue}`);
      const differences = differing(await live(tenantId), await folded(store, tenantId));
      if (differences.length > 0) throw new Error(`live and folded rows differ: ${differences}`);
    }),
    { numRuns: RUNS },
  );
  t.pass(`${tenants} histories: the live rows are the fold of the log`);

  const before = await Promise.all(Array.from({ length: tenants }, (_, index) => live(`history${index + 1}`)));
  const report = await rebuild({ store, connectionString, projections, compare: 'stop' });
  t.strictSame(report.differences, [], 'the rebuild found no difference before it switched');
  t.strictSame(
    [...report.compared].sort(),
    projections.map(({ name }) => name).sort(),
    'every projection was compared',
  );
  t.equal(report.position, await store.head());
  await caughtUp();
  const scope = { tenantId: `history${tenants}` };
  const part = await replayPart({ store, connectionString, projections, scope, onDifference: 'stop' });
  t.strictSame([part.differences, part.compared.length], [[], projections.length], 'nor does a replay of one tenant');
  for (const [index, rows] of before.entries()) {
    t.strictSame(differing(await live(`history${index + 1}`), rows), [], `history ${index + 1} after the switch`);
  }
});

t.test('the order of independent events does not matter', { timeout: 100_000 }, async (t) => {
  const { store, live, caughtUp } = await startFolding(t);
  let tenants = 0;
  const stages = async (tenantId: string) => {
    const rows = (await live(tenantId))['profitability.stage'] as readonly { ledger: { labour: object } }[];
    return rows.map(({ ledger: { labour } }) => Object.entries(labour).sort());
  };
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat(1_000)), async (taken, order) => {
      const logged = taken.filter(({ kind }) => kind === 'log');
      const events = historyOf(logged);
      const begun = historyOf([]).length;
      const shuffled = events.slice(begun).map((event) => ({ event, at: order.next().value as number }));
      shuffled.sort((one, other) => one.at - other.at);
      tenants += 2;
      await append(store, `order${tenants}`, events, [7]);
      await append(
        store,
        `order${tenants + 1}`,
        [...events.slice(0, begun), ...shuffled.map(({ event }) => event)],
        [3],
      );
      await caughtUp();
      const [one, other] = [await stages(`order${tenants}`), await stages(`order${tenants + 1}`)];
      if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error('the buckets differ');
    }),
    { numRuns: 10 },
  );
  t.pass('hours logged in any order fill the same buckets');
});
