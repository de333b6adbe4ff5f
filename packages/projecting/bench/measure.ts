/**
 * Measures live folding and a rebuild over toy events: `node bench/measure.ts [events] [stages]`. 85% log hours (a row each, and
 * one busy row changed), the rest are corrections and rates.
 */
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPool, migrate } from '@headroom/postgres';
import { createPostgresEventStore, migrateEventStore } from '../../event-store/src/postgres/index.ts';
import { projectingMigrations, rebuild, runProjections } from '../src/index.ts';

import { busy, busyTypes } from './busy.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const { connectionString } = await testDatabase();
const pool = createPool(connectionString, { applicationName: 'measure' });
await migrate(pool, projectingMigrations);
await migrateEventStore(pool);
const store = await createPostgresEventStore({ connectionString });
await pool.query(`insert into log.events (position, stream_id, revision, type, id, data, meta, at)
  select n, 'toy-t1/' || (n % 1000), n / 1000, ${busyTypes}, gen_random_uuid(), ${busy.dataSql}, ${busy.metaSql},
    timestamptz '2026-03-01' + n * interval '1 ms'
  from generate_series(1, ${events}) n`);
await pool.query('vacuum analyze log.events');
say({
  log: events,
  bytes: (await pool.query(`select avg(length(data::text) + length(meta::text))::int as b from log.events`)).rows[0]?.b,
});

let peak = 0;
let memory = process.memoryUsage();
const watch = setInterval(() => {
  const used = process.memoryUsage();
  if (used.rss > peak) memory = used;
  peak = Math.max(peak, used.rss);
}, 50);

const reading = performance.now();
let read = 0;
for await (const page of store.readAll({ after: 0, types: [...busy.projection.storedTypes], pageSize: 5_000 })) {
  for (const { data } of page.events) read += data === undefined ? 0 : 1;
}
say({ name: 'read and parse alone', eventsPerSecond: Math.round((read / (performance.now() - reading)) * 1000) });

for (let turn = 0; turn < 2; turn += 1) {
  peak = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const report = await rebuild({
    store,
    connectionString,
    projections: [busy.projection],
    onProgress: ({ phase, events: done, eventsPerSecond, etaSeconds }) =>
      process.env.VERBOSE && say({ phase, done, eventsPerSecond, etaSeconds, at: performance.now() - began }),
  });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  say({
    name: 'rebuild',
    eventsPerSecond: Math.round(report.events / seconds),
    seconds,
    cpuSeconds: (user + system) / 1e6,
    memory,
    peakMb: Math.round(peak / 1e6),
    compared: report.compared,
    differences: report.differences,
  });
}

const live = Math.min(events, 200_000);
await pool.query(`delete from log.events where position > ${live}`);
await pool.query('delete from projecting.checkpoint; drop schema busy cascade');
const { beginAtZero } = await import('../src/database/checkpoints.ts');
await beginAtZero(pool, busy.projection);
const ending = new AbortController();
const quiet = (): void => undefined;
const began = performance.now();
const running = runProjections({
  store,
  connectionString,
  projections: [busy.projection],
  holder: 'measure',
  signal: ending.signal,
  logger: { info: quiet, warn: say, error: say },
});
while ((await pool.query(`select position from projecting.checkpoint`)).rows[0]?.position < live)
  await new Promise((resolve) => setTimeout(resolve, 5));
say({ name: 'live', eventsPerSecond: Math.round((live / (performance.now() - began)) * 1000) });
ending.abort();
await running.done;
clearInterval(watch);
await store.close();
await pool.end();
process.exit(0);
