import { openApi, openBase } from './composition.ts';
import { migrateDatabaseAt } from './migrations.ts';
import { masterKeyOf } from './privacy/master-key.ts';
import { Explained } from './process/explain.ts';
import { assertFree, listen } from './process/listen.ts';
import { openLogger } from './process/logger.ts';
import { onceReachable } from './process/once-reachable.ts';
import { type Life, runUntilStopped } from './process/run-until-stopped.ts';
import { settingsOrExit } from './process/settings-or-exit.ts';
import type { Settings } from './settings.ts';

export const NEEDS_DATABASE =
  'DATABASE_URL is not set: api and projector work over a Postgres that others run; `npm start` brings one of its own';

const begin = async (settings: Settings, life: Life): Promise<void> => {
  const { closing, signal } = life;
  const logger = openLogger('api', settings.logLevel ?? 'info');
  const { databaseUrl, eventStoreUrl, notaryKey } = settings;
  if (databaseUrl === undefined) throw new Explained(NEEDS_DATABASE);
  await assertFree(settings);
  await onceReachable(() => migrateDatabaseAt(databaseUrl), signal, logger);
  const base = await openBase(closing, { databaseUrl, eventStoreUrl, notaryKey, logger, processName: 'api' });
  const { api } = await openApi(closing, base, { ...settings, masterKey: masterKeyOf(settings) });
  signal.throwIfAborted();
  const url = await listen(api, settings);
  logger.info({ url }, 'serving');
  closing.defer(() => logger.info('stopping'));
};

/** Serves the API; several may run over one database. */
export const runApi = (): Promise<void> => {
  const settings = settingsOrExit();
  return runUntilStopped((life) => begin(settings, life));
};

if (import.meta.main) await runApi();
