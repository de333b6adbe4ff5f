/**
 * Measures a rebuild and live folding: `node bench/measure.ts [events]`. 85% of the events log hours (a row each, and one
 * busy row changed), the rest are corrections and notes. Processor seconds tell more than the clock on a busy machine.
 */
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPool, migrate } from '@headroom/postgres';
import { createPostgresEventStore, migrateEventStore } from '../../event-store/src/postgres/index.ts';
import { beginAtZero } from '../src/database/checkpoints.ts';
import { projectingMigrations, rebuild, runProjections } from '../src/index.ts';
import { busy, busyTypes } from './busy.ts';
import { serverSeconds } from './cpu.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const { connectionString } = await testDatabase();
const pool = createPool(connectionString, { applicationName: 'measure' });
await migrate(pool, projectingMigrations);
await migrateEventStore(pool);
const store = await createPostgresEventStore({ connectionString });
// Kept open: the server is found through it.
const session = await pool.connect();
const [backend] = (await session.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;

/** Runs a task and says how long it took, by the clock and by the processor, and the most memory it had. */
const measured = async (name: string, count: number, task: () => Promise<object>): Promise<void> => {
  const database = serverSeconds(backend?.pid ?? 0);
  const own = process.cpuUsage();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const began = performance.now();
  const said = await task();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  const { user, system } = process.cpuUsage(own);
  say({
    name,
    eventsPerSecond: Math.round(count / seconds),
    seconds: Number(seconds.toFixed(2)),
    nodeMicrosAnEvent: Number(((user + system) / count).toFixed(2)),
    postgresMicrosAnEvent: Number((((serverSeconds(backend?.pid ?? 0) - database) * 1e6) / count).toFixed(2)),
    peakMb: Math.round(peak / 1e6),
    ...said,
  });
};

await pool.query(`insert into log.events (position, stream_id, revision, type, id, data, meta, at)
  select n, 'toy-t1/' || (n % 1000), n / 1000, ${busyTypes}, gen_random_uuid(), ${busy.dataSql}, ${busy.metaSql},
    timestamptz '2026-03-01' + n * interval '1 ms'
  from generate_series(1, ${events}) n`);
await pool.query('vacuum analyze log.events');
const size = `select avg(length(data::text) + length(meta::text))::int as bytes from log.events where position < 10000`;
say({ name: 'log', events, ...(await pool.query(size)).rows[0] });

await measured('read and parse alone', events, async () => {
  let read = 0;
  for await (const page of store.readAll({ after: 0, types: [...busy.projection.storedTypes], pageSize: 500 }))
    for (const { data } of page.events) read += data === undefined ? 0 : 1;
  return { read };
});

for (const name of ['rebuild', 'rebuild and compare']) {
  await measured(name, events, async () => {
    const phases: { [phase: string]: number } = {};
    const began = performance.now();
    const { compared, differences } = await rebuild({
      store,
      connectionString,
      projections: [busy.projection],
      onProgress: ({ phase }) => {
        phases[phase] = Math.round(performance.now() - began);
      },
    });
    return { compared, differences, phases };
  });
}

const live = Math.min(events, 200_000);
await pool.query(`delete from log.events where position > ${live}`);
await pool.query('delete from projecting.checkpoint; drop schema busy cascade');
await beginAtZero(pool, busy.projection);
await measured('live', live, async () => {
  const ending = new AbortController();
  const reached = Promise.withResolvers<void>();
  const running = runProjections({
    store,
    connectionString,
    projections: [busy.projection],
    holder: 'measure',
    signal: ending.signal,
    logger: { info: () => undefined, warn: say, error: say },
    onPage: ({ position }) => {
      if (position === live) reached.resolve();
    },
  });
  await reached.promise;
  ending.abort();
  await running.done;
  return {};
});
session.release();
await store.close();
await pool.end();
process.exit(0);
