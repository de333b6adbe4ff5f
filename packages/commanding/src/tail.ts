import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Page, StoredEvent } from '@headroom/event-store';
import type { AnyStream } from './stream.ts';
import type { Streams } from './streams.ts';

export interface Tail {
  /** False while the connection to the log is lost: known streams may then be stale without our hearing of it. */
  readonly following: () => boolean;
  /** How many events so far were news to a stream that is known here. */
  readonly news: () => number;
  /** Resolves when the log was followed up to a position, or the wait is over. */
  readonly reached: (position: number, waitMs: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const RESTART_MS = 1_000;

/** Passes an event on to a stream; false when that has it already, as it has our own events. */
const tell = (stream: AnyStream, event: StoredEvent): boolean => {
  if (event.revision <= stream.revision) return false;
  if (stream.busy || !stream.loaded || event.revision !== stream.revision + 1) return true;
  try {
    stream.fold(event);
  } catch {
    // Whoever needs the stream next reads it anew, and hears why it cannot be folded.
    stream.reset();
  }
  return true;
};

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
}

/** Follows the log from `after` on, so that what other processes write is known here within milliseconds. */
export const followLog = (
  store: EventStore,
  streams: Streams,
  after: number,
  onFault: (fault: unknown) => void,
): Tail => {
  const closing = new AbortController();
  const { signal } = closing;
  let following = true;
  let position = after;
  let news = 0;
  let waiters: Waiter[] = [];

  const interrupted = (fault: unknown): void => {
    following = false;
    onFault(fault);
  };

  const takeEvent = (event: StoredEvent): void => {
    const shelf = streams.known(event.streamId);
    if (shelf === undefined) return;
    shelf.heardOf(event.revision);
    for (const stream of shelf.streams) if (tell(stream, event)) news += 1;
  };

  const take = ({ events, upTo }: Page): void => {
    for (const event of events) takeEvent(event);
    position = upTo;
    following = true;
    for (const waiter of waiters) if (waiter.position <= upTo) waiter.resolve();
  };

  const follow = async (): Promise<void> => {
    for await (const page of store.subscribe({ after: position, signal, onInterruption: interrupted })) take(page);
  };

  const followForEver = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await follow();
        if (!signal.aborted) throw new Error('the log ended its subscription');
      } catch (fault) {
        if (signal.aborted) return;
        interrupted(fault);
        await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  };

  const reached = async (wanted: number, waitMs: number): Promise<void> => {
    if (wanted <= position) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter = { position: wanted, resolve };
    waiters.push(waiter);
    const timer = setTimeout(resolve, waitMs);
    await promise;
    clearTimeout(timer);
    waiters = waiters.filter((other) => other !== waiter);
  };

  const ended = followForEver();
  return {
    following: () => following,
    news: () => news,
    reached,
    close: async () => {
      closing.abort();
      await ended;
    },
  };
};
