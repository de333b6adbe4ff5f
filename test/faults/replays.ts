import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createPostgresEventStore } from '@headroom/event-store';
import { migrateDatabaseAt } from '@headroom/host/migrations';
import { projections } from '@headroom/host/operations';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import { verify } from '@headroom/projecting';
import { randomFrom } from './clients.ts';
import { freePort, type Kept, keep } from './processes.ts';
import { PEOPLE, STAGES, scenery } from './scenery.ts';

const TENANT = 'replays';
const PATIENCE_MS = 60_000;
/** A rebuild of so short a log takes about a second and a half, most of it for its process to start. */
const LONGEST_REBUILD_MS = 2_000;
const LONGEST_CHANGE_MS = 150;

export interface ReplayFaultsOptions {
  readonly databaseUrl: string;
  /** How many rebuilds, and how many changes of rates, are hit. */
  readonly rounds: number;
  readonly seed: number;
}

export interface ReplayFaultsReport {
  readonly rebuildsKilled: number;
  readonly rebuildsDone: number;
  readonly processesKilled: number;
  readonly changesApplied: number;
  readonly changesCancelled: number;
  /** Moments at which the rows were half old and half new: none may be. */
  readonly torn: readonly string[];
  /** Changes that ended otherwise than they said: none may be. */
  readonly untrue: readonly string[];
  /** Tables whose rows are not what the log gives in the end: none may be. */
  readonly differing: readonly string[];
}

interface Scene {
  readonly databaseUrl: string;
  readonly pool: ReturnType<typeof createPool>;
  readonly kept: readonly Kept[];
  readonly random: () => number;
  /** Asks until there is an answer: the process may be dead at the moment. */
  readonly ask: (
    path: string,
    sent?: { readonly key: string; readonly body: unknown; readonly method?: string },
  ) => Promise<Answered>;
}

interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  readonly body: any;
}

const asker =
  (url: string, authorization: string): Scene['ask'] =>
  async (path, sent) => {
    const headers = { authorization, 'content-type': 'application/json', ...(sent && { 'idempotency-key': sent.key }) };
    const request = sent ? { method: sent.method ?? 'POST', headers, body: JSON.stringify(sent.body) } : { headers };
    for (const deadline = Date.now() + PATIENCE_MS; ; ) {
      const answer = await fetch(`${url}${path}`, request)
        .then(async (response) => ({ status: response.status, body: (await response.json()) as Answered['body'] }))
        .catch(() => undefined);
      if (answer !== undefined && answer.status < 500 && answer.body.code !== 'command-in-flight') return answer;
      if (Date.now() > deadline) throw new Error(`${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`);
      await sleep(50);
    }
  };

const foundAgency = async ({ ask }: Scene): Promise<void> => {
  const hours = Array.from({ length: PEOPLE * 10 }, (_, n) => ({
    specialistId: `p${n % PEOPLE}`,
    stageId: `s${n % STAGES}`,
    workDate: `2026-02-${String(1 + (n % 27)).padStart(2, '0')}`,
    seconds: 3_600,
    activity: 'production',
  }));
  const all = [...scenery(), { method: 'POST', path: '/v1/time-entries/bulk', body: { items: hours } }];
  for (const [index, { method, path, body }] of all.entries()) {
    const { status, body: answer } = await ask(path, { key: `scenery-${index}`, body, method });
    if (status >= 300) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  }
};

/** Lays hands on rows of two projections, so that it can be told whose rows serve. */
const spoil = ({ pool }: Scene) =>
  pool.query(`update agency.specialist set name = 'spoilt' where specialist_id = 'p1';
    update profitability.specialist set name = 'spoilt' where specialist_id = 'p1'`);

const whoseRows = async ({ pool }: Scene): Promise<'old' | 'new' | 'torn'> => {
  const { rows } = await pool.query<{
    spoilt: number;
  }>(`select (a.name = 'spoilt')::int + (p.name = 'spoilt')::int as spoilt
    from agency.specialist a, profitability.specialist p where a.specialist_id = 'p1' and p.specialist_id = 'p1'`);
  return rows[0]?.spoilt === 2 ? 'old' : rows[0]?.spoilt === 0 ? 'new' : 'torn';
};

const COMMAND_LINE = fileURLToPath(new URL('../../host/src/cli.ts', import.meta.url));

const startRebuild = (databaseUrl: string): ChildProcess =>
  spawn(process.execPath, [COMMAND_LINE, 'rebuild', '--accept-differences'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: 'ignore',
  });

/** Kills rebuilds at any moment: the old rows serve on, whole, until the new ones do. */
const hitRebuilds = async (scene: Scene, rounds: number) => {
  const torn: string[] = [];
  let [killed, done] = [0, 0];
  await spoil(scene);
  for (let round = 0; round < rounds; round += 1) {
    const child = startRebuild(scene.databaseUrl);
    const exited = once(child, 'exit');
    const killer = setTimeout(() => child.kill('SIGKILL'), scene.random() * LONGEST_REBUILD_MS);
    const [code] = await exited;
    clearTimeout(killer);
    if (code === null) killed += 1;
    else done += 1;
    const rows = await whoseRows(scene);
    if (rows === 'torn' || (rows === 'old' && code === 0)) torn.push(`rebuild ${round}: ${rows} after ${code}`);
    const { status } = await scene.ask('/v1/stages/s0/profitability');
    if (status !== 200) torn.push(`rebuild ${round}: the figures are answered with ${status}`);
    if (rows === 'new') await spoil(scene);
  }
  const last = startRebuild(scene.databaseUrl);
  await once(last, 'exit');
  if ((await whoseRows(scene)) !== 'new') torn.push('the last rebuild, which nobody killed, left the old rows');
  return { killed, done, torn };
};

/** The latest rate of everybody. */
const ratesOf = async ({ ask }: Scene): Promise<Set<string>> => {
  const { body } = await ask('/v1/specialists?limit=200');
  const items: { readonly costRates: readonly { readonly ratePerHour: string }[] }[] = body.items;
  return new Set(items.map(({ costRates }) => costRates.at(-1)?.ratePerHour ?? ''));
};

const changeOf = (rate: string) => ({
  reason: 'Faults',
  rates: Array.from({ length: PEOPLE }, (_, n) => ({
    specialistId: `p${n}`,
    effectiveFrom: '2026-01-15',
    ratePerHour: rate,
  })),
});

/** Changes everybody's rate while a process is killed; gives how it ended, and the rates that were seen side by side. */
const hitOneChange = async ({ ask, random, kept, ...scene }: Scene, round: number, rate: string) => {
  const { body: begun } = await ask('/v1/rate-changes', { key: `change-${round}`, body: changeOf(rate) });
  const { operationId } = begun;
  const wantsEnd = random() < 0.4;
  if (wantsEnd) await ask(`/v1/operations/${operationId}/cancel`, { key: `cancel-${round}`, body: {} });
  const killing = sleep(random() * LONGEST_CHANGE_MS).then(() => kept[Math.floor(random() * kept.length)]?.kill());
  const mixtures: string[] = [];
  let state = begun;
  while (state.finishedAt === null) {
    const seen = await ratesOf({ ask, random, kept, ...scene });
    if (seen.size > 1) mixtures.push(`change ${round}: ${[...seen]}`);
    state = (await ask(`/v1/operations/${operationId}`)).body;
  }
  await killing;
  return { status: String(state.status), wantsEnd, mixtures };
};

/** Kills processes while everybody's rate is changed: all rates are others, or none is. */
const hitRateChanges = async (scene: Scene, rounds: number) => {
  const [torn, untrue]: [string[], string[]] = [[], []];
  let [applied, cancelled] = [0, 0];
  let rate = '2000.0000';
  const begun = await scene.ask('/v1/rate-changes', { key: 'alike', body: changeOf(rate) });
  while ((await scene.ask(`/v1/operations/${begun.body.operationId}`)).body.finishedAt === null) await sleep(20);
  for (let round = 0; round < rounds; round += 1) {
    const next = `${2_001 + round}.0000`;
    const { status, wantsEnd, mixtures } = await hitOneChange(scene, round, next);
    torn.push(...mixtures);
    if (status === 'succeeded') {
      applied += 1;
      rate = next;
    } else if (status === 'cancelled' && wantsEnd) cancelled += 1;
    else untrue.push(`change ${round}: ${status}`);
    const after = [...(await ratesOf(scene))];
    if (after.join() !== rate) untrue.push(`change ${round}: ${after} after ${status}`);
  }
  return { torn, untrue, applied, cancelled };
};

const differingTables = async ({ databaseUrl, ask }: Scene): Promise<string[]> => {
  const store = await createPostgresEventStore({ connectionString: databaseUrl });
  try {
    await ask('/v1/specialists');
    const { differences, compared } = await verify({ store, connectionString: databaseUrl, projections });
    const missing = projections
      .filter(({ name }) => !compared.includes(name))
      .map(({ name }) => `${name} was not compared`);
    return [...missing, ...differences.map(({ projection, table, count }) => `${count} of ${projection}.${table}`)];
  } finally {
    await store.close();
  }
};

/**
 * An API and a projector process over one database. Rebuilds are killed with -9 at random moments, then the processes are
 * while the rates of everybody are changed at once; half-made rows must never be seen.
 */
export const runReplayFaults = async ({
  databaseUrl,
  rounds,
  seed,
}: ReplayFaultsOptions): Promise<ReplayFaultsReport> => {
  await migrateDatabaseAt(databaseUrl);
  const pool = createPool(databaseUrl, { applicationName: 'replay faults', max: 1 });
  const now = new Date().toISOString();
  const wish = { tenantId: TENANT, name: 'Faults', role: 'owner', createdBy: 'system:test', now } as const;
  const { key } = await createKey(pool, wish);
  const port = await freePort();
  const environment = { DATABASE_URL: databaseUrl, HOST: '127.0.0.1', RATE_LIMIT: 'off', PORT: String(port) };
  const kept = ['api', 'projector'].map((name) =>
    keep(name, new URL(`../../host/src/${name}.ts`, import.meta.url), environment),
  );
  const ask = asker(`http://127.0.0.1:${port}`, `Bearer ${key}`);
  const scene: Scene = { databaseUrl, pool, kept, random: randomFrom(seed), ask };
  try {
    await foundAgency(scene);
    const rebuilds = await hitRebuilds(scene, rounds);
    const changes = await hitRateChanges(scene, rounds);
    return {
      rebuildsKilled: rebuilds.killed,
      rebuildsDone: rebuilds.done,
      processesKilled: kept.reduce((sum, each) => sum + each.kills(), 0),
      changesApplied: changes.applied,
      changesCancelled: changes.cancelled,
      torn: [...rebuilds.torn, ...changes.torn],
      untrue: changes.untrue,
      differing: await differingTables(scene),
    };
  } finally {
    await Promise.all(kept.map((each) => each.stop()));
    await pool.end();
  }
};
