import type { EventStore, Page, StoredEvent, SubscribeOptions } from '../port.ts';

/** A consumer that follows the log until it is stopped, and remembers what it saw. */
export interface Follower {
  readonly events: StoredEvent[];
  /** How far it has seen. */
  readonly upTo: () => number;
  readonly interruptions: unknown[];
  /** Aborts, and gives when the iteration has returned. */
  readonly stop: () => Promise<void>;
  /** Settles when the iteration returns or throws by itself. */
  readonly ended: Promise<void>;
}

/** Follows a store; `onPage` may take its time, the follower asks for no further page until it is through. */
export const follow = (
  store: EventStore,
  options: Omit<SubscribeOptions, 'signal'>,
  onPage?: (page: Page) => Promise<void> | void,
): Follower => {
  const abort = new AbortController();
  const events: StoredEvent[] = [];
  const interruptions: unknown[] = [];
  let upTo = options.after;
  const onInterruption = (error: unknown): void => void interruptions.push(error);
  const run = async (): Promise<void> => {
    for await (const page of store.subscribe({ onInterruption, ...options, signal: abort.signal })) {
      events.push(...page.events);
      upTo = page.upTo;
      await onPage?.(page);
    }
  };
  const ended = run();
  // A failure is reported where the test waits for the follower, not as an unhandled rejection before that.
  ended.catch(() => undefined);
  return {
    events,
    interruptions,
    upTo: () => upTo,
    ended,
    stop: async () => {
      abort.abort();
      await ended;
    },
  };
};
