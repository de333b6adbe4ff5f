import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKey } from '@headroom/http';
import { rebuild } from '@headroom/projecting';
import type { Base } from '../composition.ts';
import { projections } from '../operations.ts';
import { Explained } from '../process/explain.ts';
import { appendHistory } from './history/append-history.ts';
import { type HistoryOptions, history } from './history/history.ts';
import type { Step } from './history/recorder.ts';

/** Three years of 200 people and some 1,000 projects: a million time entries, and what goes with them. */
export const LARGE = {
  events: 1_155_000,
  specialists: 200,
  entriesADay: { from: 5, to: 8 },
} as const satisfies Omit<HistoryOptions, 'tenantId'>;

export const LARGE_TENANT = 'large';

const OWNER_ONLY = 0o600;
const keyFile = (dataDir: string): string => join(dataDir, 'large-demo-key.txt');

export interface LargeDemoOptions {
  readonly base: Base;
  readonly dataDir: string;
  readonly size: Omit<HistoryOptions, 'tenantId'>;
  /** RFC 3339 instant of now. */
  readonly now: string;
  /** Hears how far it is; called often. */
  readonly onProgress: (what: string, share: number) => void;
}

function* reported(steps: Iterable<Step>, report: (events: number) => void): Generator<Step> {
  let events = 0;
  for (const step of steps) {
    yield step;
    for (const append of step) events += append.events.length;
    report(events);
  }
}

const keyOf = (dataDir: string): string | undefined => {
  try {
    return readFileSync(keyFile(dataDir), 'utf8').trim();
  } catch {
    return undefined;
  }
};

/**
 * Fills an empty log with the history of a large agency, the same on every machine, builds its read models, and gives an
 * owner's key to it. What is there already is left as it is. Throws `Explained` when the log holds anything else, such as
 * half of this history: a load that was broken off begins anew in a new folder.
 */
export const loadLargeDemo = async (options: LargeDemoOptions): Promise<{ key: string; events: number }> => {
  const { base, dataDir, size, now, onProgress } = options;
  const { pool, store, databaseUrl } = base;
  const before = keyOf(dataDir);
  const loaded = await pool.query('select from host.demo_loaded where tenant_id = $1', [LARGE_TENANT]);
  if (loaded.rowCount !== 0 && before !== undefined) return { key: before, events: 0 };
  if ((await store.head()) > 0)
    throw new Explained(
      `${dataDir} holds another agency, or half of this one. Remove it, or set DATA_DIR to a new folder`,
    );
  const steps = history({ ...size, tenantId: LARGE_TENANT });
  const events = await appendHistory(
    store,
    reported(steps, (done) => onProgress('Writing the log', done / size.events)),
  );
  await rebuild({
    store,
    connectionString: databaseUrl,
    projections,
    onProgress: ({ position, target }) => onProgress('Building the read models', target === 0 ? 1 : position / target),
  });
  const wish = { tenantId: LARGE_TENANT, name: 'Large demo', role: 'owner', environment: 'demo' } as const;
  const { key } = await createKey(pool, { ...wish, createdBy: 'system:demo', now });
  writeFileSync(keyFile(dataDir), `${key}\n`, { mode: OWNER_ONLY });
  await pool.query('insert into host.demo_loaded (tenant_id, version) values ($1, 1)', [LARGE_TENANT]);
  return { key, events };
};
