import { setTimeout as sleep } from 'node:timers/promises';
import { UnknownOutcome } from '@headroom/event-store';

const PAUSES_MS = [10, 50, 150, 400, 1_000];

/**
 * Runs an append, and again with the same event ids while the store does not know what became of it. Throws
 * `UnknownOutcome` when it still does not after about two seconds; a retry of the command then settles it.
 */
export const appendSurely = async <T>(append: () => Promise<T>): Promise<T> => {
  for (const pause of PAUSES_MS) {
    try {
      return await append();
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error;
      await sleep(pause);
    }
  }
  return append();
};
