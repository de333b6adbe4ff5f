import { mkdirSync } from 'node:fs';
import { openBase } from './composition.ts';
import { openDatabase } from './database.ts';
import { LARGE, loadLargeDemo } from './demo/large.ts';
import { migrateDatabaseAt } from './migrations.ts';
import { openLogger } from './process/logger.ts';
import { onceReachable } from './process/once-reachable.ts';
import { type Life, runUntilStopped } from './process/run-until-stopped.ts';
import { settingsOrExit, WRONG_USAGE } from './process/settings-or-exit.ts';
import type { Settings } from './settings.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Says every tenth of each task. */
const tenths = (): ((what: string, share: number) => void) => {
  let said = '';
  return (what, share) => {
    const line = `${what}: ${Math.min(10, Math.floor(share * 10)) * 10}%`;
    if (line !== said) say(line);
    said = line;
  };
};

const farewell = (dataDir: string, key: string): string => `
To serve it:  DATA_DIR=${dataDir} DEMO=off npm start
Owner's key:  ${key}
To try it:    curl -H 'Authorization: Bearer ${key}' 'http://127.0.0.1:8080/v1/projects?limit=5'`;

const load = async (settings: Settings, events: number, life: Life): Promise<void> => {
  const { dataDir } = settings;
  const logger = openLogger('demo-large', settings.logLevel ?? 'warn');
  mkdirSync(dataDir, { recursive: true });
  const databaseUrl = await openDatabase(settings, life, logger);
  await onceReachable(() => migrateDatabaseAt(databaseUrl), life.signal, logger);
  const options = { databaseUrl, eventStoreUrl: settings.eventStoreUrl, logger, processName: 'demo-large' };
  const base = await openBase(life.closing, options);
  const size = { ...LARGE, events };
  const loaded = await loadLargeDemo({ base, dataDir, size, now: new Date().toISOString(), onProgress: tenths() });
  say(
    loaded.events === 0
      ? 'It was loaded before.'
      : `Loaded ${loaded.events} events in ${process.uptime().toFixed(0)} s.`,
  );
  say(farewell(dataDir, loaded.key));
};

/** `npm run demo:large [-- EVENTS]`: a large agency in a folder of its own, `.data/large` unless `DATA_DIR` names another. */
const main = async ([events = String(LARGE.events)]: readonly string[]): Promise<void> => {
  if (!/^[1-9]\d{2,7}$/.test(events)) {
    process.stderr.write(`How many events? A whole number from 100 to 99999999, not ${events}\n`);
    process.exitCode = WRONG_USAGE;
    return;
  }
  process.env.DATA_DIR ??= '.data/large';
  const settings = settingsOrExit();
  await runUntilStopped(async (life) => {
    await load(settings, Number(events), life);
    life.done();
  });
};

await main(process.argv.slice(2));
