import { resumeProjections } from '@headroom/projecting';
import { chosenProjections } from './chosen-projections.ts';
import { exitCodes, type Task } from './run-task.ts';
import { withPool } from './with-database.ts';

/** Lets projections that stopped at an event try it again; whoever folds hears of it. */
export const resumeCommand =
  (names: readonly string[]): Task =>
  async ({ print }, settings) => {
    const wanted = chosenProjections(names).map(({ name }) => name);
    const resumed = await withPool(settings, (pool) => resumeProjections(pool, wanted));
    for (const name of resumed) print(`${name} tries again`);
    if (resumed.length === 0) print('None of them had stopped.');
    return exitCodes.done;
  };
