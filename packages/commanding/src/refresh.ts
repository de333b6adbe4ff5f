import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@headroom/event-store';
import type { AnyStream } from './stream.ts';

/** Reads what is missing of a stream. Throws a fault of the store; the stream then counts as not loaded. */
export const refresh = async (store: EventStore, stream: AnyStream): Promise<void> => {
  try {
    for (const event of await store.readStream(stream.id, stream.revision + 1)) stream.fold(event);
    stream.shelf.heardOf(stream.revision);
    stream.loaded = true;
  } catch (fault) {
    stream.reset();
    throw fault;
  }
};

/** Rivals that keep meeting on one stream step aside for a random while, longer the more often they met. */
export const pauseBefore = (attempt: number): Promise<void> =>
  attempt < 3 ? Promise.resolve() : sleep(Math.random() * Math.min(2 ** (attempt - 2), 50));
