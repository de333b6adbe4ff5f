import { migrateDatabaseAt } from '../migrations.ts';
import { exitCodes, type Task } from './run-task.ts';
import { withDatabase } from './with-database.ts';

/** Brings the database up to date, and says what that took. */
export const migrateCommand: Task = async ({ print }, settings) => {
  const applied = await withDatabase(settings, migrateDatabaseAt);
  for (const name of applied) print(`applied ${name}`);
  print(
    applied.length === 0 ? 'The database is up to date.' : `The database is up to date; ${applied.length} applied.`,
  );
  return exitCodes.done;
};
