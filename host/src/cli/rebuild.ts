import { type RebuildProgress, type RebuildReport, rebuild } from '@headroom/projecting';
import { openBase } from '../composition.ts';
import { migrateDatabaseAt } from '../migrations.ts';
import { chosenProjections } from './chosen-projections.ts';
import { quietly } from './quietly.ts';
import { exitCodes, type Task } from './run-task.ts';
import { withDatabase } from './with-database.ts';

export interface RebuildOptions {
  /** Put the rebuilt rows in place although they differ from those that serve now. */
  readonly acceptDifferences?: boolean;
}

const grouped = new Intl.NumberFormat('en');

/** How far a fold of the log is, in a line. */
export const lineOf = ({ phase, events, position, target, eventsPerSecond, etaSeconds }: RebuildProgress): string => {
  if (phase !== 'folding') return phase;
  const share = target === 0 ? 100 : Math.floor((100 * position) / target);
  const left = etaSeconds === null ? '' : `, ${etaSeconds} s left`;
  return `folding: ${share}%, ${grouped.format(events)} events, ${grouped.format(eventsPerSecond)} a second${left}`;
};

const summary = ({ events, seconds, position, compared, differences }: RebuildReport): string => {
  const rate = grouped.format(Math.round(events / Math.max(seconds, 0.001)));
  const done = `Rebuilt from ${grouped.format(events)} events up to position ${position} in ${seconds.toFixed(1)} s (${rate} a second).`;
  if (compared.length === 0) return `${done} There was nothing to compare it with.`;
  return differences.length === 0 ? `${done} The rows are the same as before.` : done;
};

/** Folds the log anew for these projections and puts the result in place; what serves goes on serving meanwhile. */
export const rebuildCommand =
  (names: readonly string[], { acceptDifferences = false }: RebuildOptions): Task =>
  ({ print, progress, endProgress }, settings) =>
    withDatabase(settings, async (databaseUrl) => {
      const wanted = chosenProjections(names);
      await migrateDatabaseAt(databaseUrl);
      await using closing = new AsyncDisposableStack();
      const { eventStoreUrl } = settings;
      const { store } = await openBase(closing, {
        databaseUrl,
        eventStoreUrl,
        logger: quietly,
        processName: 'rebuild',
      });
      const report = await rebuild({
        store,
        connectionString: databaseUrl,
        projections: wanted,
        onProgress: (how) => (how.phase === 'done' ? endProgress() : progress(lineOf(how))),
        compare: acceptDifferences ? 'report' : 'stop',
      });
      for (const { projection, table, count } of report.differences)
        print(`${projection}.${table}: ${count} rows differed`);
      print(summary(report));
      return exitCodes.done;
    });
