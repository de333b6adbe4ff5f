import type { EventStore } from '@headroom/event-store';
import type { Step } from './recorder.ts';

/** Appends a history to a log that holds nothing of it yet. Gives the number of events. */
export const appendHistory = async (store: EventStore, steps: Iterable<Step>): Promise<number> => {
  const revisions = new Map<string, number>();
  let count = 0;
  for (const step of steps) {
    const appends = step.map(async ({ streamId, events }) => {
      const expected = revisions.get(streamId) ?? -1;
      const outcome = await store.append({ streamId, expected, events });
      if (outcome.kind === 'conflict') throw new Error(`${streamId} is not where the history left it`);
      revisions.set(streamId, outcome.revision);
      count += events.length;
    });
    await Promise.all(appends);
  }
  return count;
};
