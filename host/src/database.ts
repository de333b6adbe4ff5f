import { join } from 'node:path';
import { keepPostgresRunning } from '@headroom/embedded-postgres';
import type { Logger } from 'pino';
import { Explained } from './process/explain.ts';
import type { Life } from './process/run-until-stopped.ts';
import type { Settings } from './settings.ts';

/** Where the embedded Postgres keeps its data. */
export const clusterFolder = ({ dataDir }: Pick<Settings, 'dataDir'>): string => join(dataDir, 'postgres');

/**
 * The database of a process that runs for long: the one of `DATABASE_URL`, else an embedded one that is started again
 * when it dies, and is stopped with the process. Gives its URL. Throws `DataDirectoryInUse`.
 */
export const openDatabase = async (
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  { closing, fail }: Life,
  logger: Logger,
): Promise<string> => {
  if (settings.databaseUrl !== undefined) return settings.databaseUrl;
  const postgres = await keepPostgresRunning({
    dataDir: clusterFolder(settings),
    log: (line) => logger.debug({ line }, 'postgres'),
    onDeath: ({ code, signal, lastLines }) =>
      logger.warn({ code, signal, lastLines: lastLines.slice(-3) }, 'the embedded Postgres died; starting it again'),
  });
  closing.defer(() => postgres.stop());
  void postgres.exited.then(({ asked, lastLines }) => {
    if (asked) return;
    fail(new Explained(`The embedded Postgres keeps dying: ${lastLines.slice(-3).join(' | ') || 'it said nothing'}`));
  });
  return postgres.connectionString;
};
