import { projectionLag } from '@headroom/projecting';
import { openBase } from '../composition.ts';
import { projections } from '../operations.ts';
import { quietly } from './quietly.ts';
import { exitCodes, type Task } from './run-task.ts';
import { withDatabase } from './with-database.ts';

/** Says how far every projection has folded the log; fails when one is missing or stopped. */
export const statusCommand: Task = ({ print }, settings) =>
  withDatabase(settings, async (databaseUrl) => {
    await using closing = new AsyncDisposableStack();
    const { eventStoreUrl } = settings;
    const { store, pool } = await openBase(closing, {
      databaseUrl,
      eventStoreUrl,
      logger: quietly,
      processName: 'cli',
    });
    const names = projections.map(({ name }) => name);
    const lags = await projectionLag(store, pool, names);
    for (const { projection, position, behind, status, failure } of lags) {
      const trouble = failure === null ? '' : `\t${failure.type} at ${failure.position}: ${failure.error}`;
      print(`${projection}\t${status}\tat ${position}\t${behind} behind${trouble}`);
    }
    return lags.every(({ status }) => status === 'following') ? exitCodes.done : exitCodes.failed;
  });
