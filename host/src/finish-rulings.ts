import { setTimeout as sleep } from 'node:timers/promises';
import { finishRulings, type RelationshipDeps } from '@headroom/relationship';
import type { Logger } from 'pino';

const EVERY_MS = 60_000;
/** The projections begin with the process; until they have caught up there is nothing to go by. */
const FIRST_AFTER_MS = 5_000;

/** Sleeps; false when the process ends meanwhile. */
const waited = (ms: number, signal: AbortSignal): Promise<boolean> =>
  sleep(ms, true, { signal, ref: false }).catch(() => false);

/** Posts what rulings ordered and a process that ended left undone: shortly after the start, then every minute. */
export const keepFinishingRulings = async (
  deps: RelationshipDeps,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): Promise<void> => {
  let pause = FIRST_AFTER_MS;
  while (await waited(pause, signal)) {
    pause = EVERY_MS;
    try {
      const finished = await finishRulings(deps, new Date().toISOString());
      if (finished > 0) logger.info({ rulings: finished }, 'finished rulings that were left undone');
    } catch (error) {
      if (!signal.aborted) logger.warn({ err: error }, 'rulings could not be finished; trying again in a minute');
    }
  }
};
