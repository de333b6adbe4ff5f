import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, StoredEvent } from '@headroom/event-store';
import type { Streams } from './streams.ts';

export interface Tail {
  /** False while the connection to the log is lost: known streams may then be stale without our hearing of it. */
  readonly following: () => boolean;
  readonly close: () => Promise<void>;
}

const RESTART_MS = 1_000;

/** Passes an event on to its stream, if that is known: mostly it was our own, and is folded already. */
const tell = (streams: Streams, event: StoredEvent): void => {
  const stream = streams.known(event.streamId);
  if (stream === undefined || event.revision <= stream.revision) return;
  if (stream.busy || !stream.loaded || event.revision !== stream.revision + 1) {
    stream.heardOf(event.revision);
    return;
  }
  try {
    stream.fold(event);
    stream.heardOf(event.revision);
  } catch {
    // Whoever needs the stream next reads it anew, and hears why it cannot be folded.
    streams.forget(stream);
  }
};

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

  const interrupted = (fault: unknown): void => {
    following = false;
    onFault(fault);
  };

  const follow = async (): Promise<void> => {
    for await (const page of store.subscribe({ after: position, signal, onInterruption: interrupted })) {
      for (const event of page.events) tell(streams, event);
      position = page.upTo;
      following = true;
    }
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

  const ended = followForEver();
  return {
    following: () => following,
    close: async () => {
      closing.abort();
      await ended;
    },
  };
};
