import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionLoss } from '@headroom/postgres';
import type { Logger } from 'pino';
import { explain } from './explain.ts';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/**
 * Does something with the database, and again while that cannot be reached: containers start in any order. Gives up
 * after a minute, or when the process is asked to stop.
 */
export const onceReachable = async <T>(task: () => Promise<T>, signal: AbortSignal, logger: Logger): Promise<T> => {
  const since = performance.now();
  for (;;) {
    signal.throwIfAborted();
    try {
      return await task();
    } catch (error) {
      if (!isConnectionLoss(error) || performance.now() - since > PATIENCE_MS) throw error;
      logger.warn({ reason: explain(error) }, 'waiting for the database');
      await sleep(PAUSE_MS, undefined, { signal });
    }
  }
};
