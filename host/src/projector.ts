import { NEEDS_DATABASE } from './api.ts';
import { openBase, openNotary, openProjections } from './composition.ts';
import { migrateDatabaseAt } from './migrations.ts';
import { Explained } from './process/explain.ts';
import { openLogger } from './process/logger.ts';
import { onceReachable } from './process/once-reachable.ts';
import { type Life, runUntilStopped } from './process/run-until-stopped.ts';
import { settingsOrExit } from './process/settings-or-exit.ts';
import type { Settings } from './settings.ts';

const begin = async (settings: Settings, { closing, signal }: Life): Promise<void> => {
  const logger = openLogger('projector', settings.logLevel ?? 'info');
  const { databaseUrl, eventStoreUrl, notaryKey } = settings;
  if (databaseUrl === undefined) throw new Explained(NEEDS_DATABASE);
  await onceReachable(() => migrateDatabaseAt(databaseUrl), signal, logger);
  const base = await openBase(closing, { databaseUrl, eventStoreUrl, notaryKey, logger, processName: 'projector' });
  openProjections(closing, base);
  openNotary(closing, base);
  logger.info('ready to fold');
  closing.defer(() => logger.info('stopping'));
};

/** Folds the log into the read models; several may run over one database, one of them folds at a time. */
export const runProjector = (): Promise<void> => {
  const settings = settingsOrExit();
  return runUntilStopped((life) => begin(settings, life));
};

if (import.meta.main) await runProjector();
