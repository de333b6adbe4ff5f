import { createPostgresEventStore } from '@headroom/event-store';
import { migrateDatabaseAt } from '@headroom/host/migrations';
import { projections } from '@headroom/host/operations';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import { verify } from '@headroom/projecting';
import { randomFrom } from '../support/random-from.ts';
import { ENTRIES_EACH, hitRateChanges } from './killed-rate-changes.ts';
import { hitRebuilds } from './killed-rebuilds.ts';
import { freePort, keep } from './processes.ts';
import { asker, type Scene } from './replay-scene.ts';
import { PEOPLE, STAGES, scenery } from './scenery.ts';

const TENANT = 'replays';

export interface ReplayFaultsOptions {
  readonly databaseUrl: string;
  /** How many rebuilds, and how many changes of rates, are hit. */
  readonly rounds: number;
  readonly seed: number;
  readonly say?: (text: string) => void;
}

export interface ReplayFaultsReport {
  readonly rebuildsKilled: number;
  /** Of those killed, how many had begun to make new rows. */
  readonly killedInTheMidst: number;
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

const foundAgency = async ({ ask }: Scene): Promise<void> => {
  const hours = Array.from({ length: PEOPLE * ENTRIES_EACH }, (_, n) => ({
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
  say = () => undefined,
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
  const scene: Scene = { databaseUrl, pool, kept, random: randomFrom(seed), say, ask };
  try {
    await foundAgency(scene);
    const rebuilds = await hitRebuilds(scene, rounds);
    const changes = await hitRateChanges(scene, rounds);
    return {
      rebuildsKilled: rebuilds.killed,
      killedInTheMidst: rebuilds.inTheMidst,
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
