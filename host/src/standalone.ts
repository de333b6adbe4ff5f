import { mkdirSync } from 'node:fs';
import type { Logger } from 'pino';
import { type Base, type OpenApi, openApi, openBase, openNotary, openProjections } from './composition.ts';
import { openDatabase } from './database.ts';
import { type DemoKeys, demoKeys } from './demo/keys.ts';
import { loadDemo } from './demo/load.ts';
import { migrateDatabaseAt } from './migrations.ts';
import { projections } from './operations.ts';
import { masterKeyOf } from './privacy/master-key.ts';
import { assertFree, listen } from './process/listen.ts';
import { openLogger } from './process/logger.ts';
import { onceReachable } from './process/once-reachable.ts';
import { type Life, runUntilStopped } from './process/run-until-stopped.ts';
import { settingsOrExit } from './process/settings-or-exit.ts';
import type { Settings } from './settings.ts';
import { welcome } from './welcome.ts';
import { announce, retract } from './whereabouts.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const prepareDatabase = async (settings: Settings, life: Life, logger: Logger): Promise<string> => {
  const databaseUrl = await openDatabase(settings, life, logger);
  const applied = await onceReachable(() => migrateDatabaseAt(databaseUrl), life.signal, logger);
  const { dataDir } = settings;
  life.closing.defer(() => retract(dataDir));
  announce(dataDir, { pid: process.pid, apiUrl: null, databaseUrl });
  if (applied.length > 0) say(`Database ready: ${applied.length} migrations applied.`);
  return databaseUrl;
};

/** The demo agency, and the keys to it. */
const prepareDemo = async (
  { dataDir }: Settings,
  { pool }: Base,
  { api }: OpenApi,
  signal: AbortSignal,
): Promise<DemoKeys> => {
  const keys = await demoKeys(pool, dataDir, new Date().toISOString());
  const loaded = await loadDemo(api, pool, keys, signal);
  if (loaded > 0) say(`Demo agency loaded: ${loaded} commands.`);
  return keys;
};

const LONGEST_CATCHING_UP_MS = 20_000;

/** So that the first question finds all figures there; a long replay goes on while we serve. */
const catchUp = async ({ store }: Base, { readModels }: OpenApi): Promise<void> => {
  const names = projections.map(({ name }) => name);
  await readModels.caughtUp(names, await store.head(), LONGEST_CATCHING_UP_MS);
};

const begin = async (settings: Settings, life: Life): Promise<void> => {
  const { closing, signal } = life;
  const logger = openLogger('standalone', settings.logLevel ?? 'warn');
  await assertFree(settings);
  mkdirSync(settings.dataDir, { recursive: true });
  const databaseUrl = await prepareDatabase(settings, life, logger);
  const { eventStoreUrl, notaryKey } = settings;
  const base = await openBase(closing, { databaseUrl, eventStoreUrl, notaryKey, logger, processName: 'standalone' });
  const open = await openApi(closing, base, { ...settings, masterKey: masterKeyOf(settings) });
  openProjections(closing, base);
  openNotary(closing, base);
  signal.throwIfAborted();
  const keys = settings.demo ? await prepareDemo(settings, base, open, signal) : undefined;
  await catchUp(base, open);
  signal.throwIfAborted();
  const apiUrl = await listen(open.api, settings);
  announce(settings.dataDir, { pid: process.pid, apiUrl, databaseUrl });
  say(welcome(apiUrl, settings.dataDir, keys, process.uptime().toFixed(1)));
  closing.defer(() => say('Stopping ...'));
};

/** API and projector in one process, over an embedded Postgres unless `DATABASE_URL` names another. */
export const runStandalone = (): Promise<void> => {
  const settings = settingsOrExit();
  return runUntilStopped((life) => begin(settings, life));
};

if (import.meta.main) await runStandalone();
