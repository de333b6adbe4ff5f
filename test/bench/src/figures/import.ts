import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateDatabaseAt } from '@headroom/host/migrations';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import { clockifyFile } from '../../../support/tracker-file.ts';
import { TENANT } from '../agency.ts';
import type { Bench, Figure, Line } from '../figure.ts';
import { absolute } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';

const SIZES = {
  quick: { runs: 1, rows: 6_000, people: 10, projects: 20 },
  full: { runs: 3, rows: 200_000, people: 200, projects: 400 },
};
const MOST_SECONDS = 60;
const LOOK_EVERY_MS = 100;

const QUERY = new URLSearchParams({
  unknownPeople: 'create',
  unknownClients: 'create',
  unknownProjects: 'create',
  unknownStages: 'create',
  newPeopleRole: 'designer',
  newProjectsManagerId: 'manager',
});

const makeKey = async (url: string): Promise<string> => {
  const pool = createPool(url, { applicationName: 'bench', max: 1 });
  const wish = { tenantId: TENANT, name: 'bench', role: 'owner', createdBy: 'system:bench' } as const;
  const { key } = await createKey(pool, { ...wish, now: new Date().toISOString() });
  await pool.end();
  return key;
};

type Answer = { readonly [member: string]: unknown };

const caller = (origin: string, key: string) => {
  let commands = 0;
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    commands += 1;
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': `bench-${commands}`,
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer;
    if (!response.ok && response.status !== 503) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
};

type Call = ReturnType<typeof caller>;

const finished = async (call: Call, operationId: unknown): Promise<Answer> => {
  for (;;) {
    const operation = await call('GET', `/v1/operations/${operationId}`);
    if (operation.finishedAt != null) return operation;
    await sleep(LOOK_EVERY_MS);
  }
};

/** Until a question sees all that was imported. */
const folded = async (call: Call, importId: unknown, position: unknown): Promise<void> => {
  for (;;) {
    const found = await call('GET', `/v1/imports/${importId}`, undefined, { 'min-position': String(position) });
    if (found.importId === importId) return;
  }
};

/** The most memory that a process ever had, as the kernel counted. */
const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024;

interface Imported {
  readonly seconds: number;
  readonly secondsToFigures: number;
  readonly peakMb: number;
}

const importOnce = async (url: string, file: string, rows: number): Promise<Imported> => {
  await migrateDatabaseAt(url);
  const key = await makeKey(url);
  const headroom = await startHeadroom('standalone', { DATABASE_URL: url, LOG_LEVEL: 'warn' });
  try {
    const call = caller(`http://${headroom.target.host}:${headroom.target.port}`, key);
    await call('PUT', '/v1/agency', { name: 'B', currency: 'EUR', timeZone: 'Europe/Berlin', costBasis: 'capacity' });
    await call('POST', '/v1/specialists', { specialistId: 'manager', name: 'Manager', role: 'manager' });
    const started = performance.now();
    const { operationId } = await call('POST', `/v1/imports?${QUERY}`, file, { 'content-type': 'text/csv' });
    const { result } = (await finished(call, operationId)) as { readonly result: Answer };
    const seconds = (performance.now() - started) / 1_000;
    if (result.created !== rows) throw new Error(`${result.created} of ${rows} rows were imported`);
    await folded(call, operationId, result.position);
    return {
      seconds,
      secondsToFigures: (performance.now() - started) / 1_000,
      peakMb: peakMb(headroom.pid),
    };
  } finally {
    await headroom.stop();
  }
};

const measure = async ({ cluster, quick, say }: Bench): Promise<Line[]> => {
  const { runs, ...size } = SIZES[quick ? 'quick' : 'full'];
  const file = clockifyFile(size);
  say(`${size.rows} rows, ${Math.round(file.length / 1_048_576)} MiB`);
  const samples: Imported[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { url, drop } = await cluster.database();
    await cluster.settle();
    const sample = await importOnce(url, file, size.rows);
    await drop();
    samples.push(sample);
    say(
      `${sample.seconds.toFixed(1)} s, in the figures after ${sample.secondsToFigures.toFixed(1)} s, at most ${Math.round(sample.peakMb)} MB`,
    );
  }
  return [
    absolute(
      'import-200k',
      's',
      samples.map(({ seconds }) => seconds),
      { atMost: MOST_SECONDS },
    ),
    absolute(
      'import-200k-figures',
      's',
      samples.map(({ secondsToFigures }) => secondsToFigures),
    ),
    absolute(
      'import-200k-memory',
      'MB',
      samples.map((sample) => sample.peakMb),
    ),
  ];
};

/** A tracker's export of years, into an agency that knows nothing of it. */
export const importFile: Figure = {
  name: 'import-200k',
  title: 'a file of 200,000 rows, from the first byte of its upload',
  measure,
};
