import { setTimeout as sleep } from 'node:timers/promises';
import type { TableDifference } from './compare.ts';
import { type ShadowOptions, type ShadowRun, withShadows } from './shadow-run.ts';
import { isBusy, switchOver, whileHeld } from './switch-over.ts';

export interface RebuildOptions extends ShadowOptions {
  /** What to do when rebuilt rows differ from live ones of the same version; `stop` unless told. */
  readonly compare?: 'stop' | 'report';
}

export interface RebuildReport {
  readonly events: number;
  readonly seconds: number;
  /** The log position that the rows held for when they began to serve. */
  readonly position: number;
  /** Projections that were compared with what had served before. */
  readonly compared: readonly string[];
  readonly differences: readonly TableDifference[];
}

/** The rebuilt rows are not what the live ones are; nothing was switched, and the shadow is left to be looked at. */
export class RebuildDiffers extends Error {
  override readonly name = 'RebuildDiffers';
  readonly differences: readonly TableDifference[];
  constructor(differences: readonly TableDifference[]) {
    const tables = differences.map(({ projection, table, count }) => `${count} rows of ${projection}.${table}`);
    super(`rebuilt and live rows differ: ${tables.join(', ')}`);
    this.differences = differences;
  }
}

/** Locks are held no longer than that while others wait behind them. */
const READER_WAIT_MS = 300;
const SWITCH_ATTEMPTS = 100;

/** Puts the shadows in place once no reader stands in the way. */
const putInPlace = async (run: ShadowRun, { projections, signal }: RebuildOptions): Promise<void> => {
  run.progress.enter('switching');
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    await run.catchUp();
    try {
      await whileHeld(run.control, projections, async (checkpoints) => {
        await run.foldTo(await run.goal(checkpoints));
        await switchOver(run.control, projections, run.position, READER_WAIT_MS);
      });
      return;
    } catch (error) {
      if (!isBusy(error) || attempt === SWITCH_ATTEMPTS) throw error;
      await sleep(READER_WAIT_MS);
    }
  }
};

/**
 * Folds the log anew into shadow tables, in one pass for all the projections given, while the live rows are served and
 * kept up to date; then compares and puts the result in their place, in one transaction. A crash at any moment leaves the
 * old rows serving, and leftovers that the next rebuild removes. One rebuild at a time: another one waits.
 * Throws `FoldFailed` when a handler throws, `RebuildDiffers` when live rows of the same version are not the same,
 * `RebuildOutdated` when a newer version is live, and whatever ends the connections.
 */
export const rebuild = (options: RebuildOptions): Promise<RebuildReport> =>
  withShadows(options, async (run) => {
    await run.open();
    await run.catchUp();
    await run.index();
    await run.catchUp();
    const { compared, differences } = await run.compare();
    if (differences.length > 0 && options.compare !== 'report') throw new RebuildDiffers(differences);
    await putInPlace(run, options);
    await run.dropLeftovers();
    run.progress.enter('done');
    const { events, seconds } = run.progress;
    return { events, seconds, position: run.position, compared, differences };
  });
