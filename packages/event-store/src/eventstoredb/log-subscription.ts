import {
  type AllStreamRecordedEvent,
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  type Filter,
  type Position,
  START,
} from '@eventstore/db-client';
import { SubscriptionEnded } from './failures.ts';
import { toLogPosition } from './log-ends.ts';
import { within } from './patience.ts';
import { toNumber } from './recorded-event.ts';

/** What a subscription had to say since it was asked last. */
export interface Pull {
  /** Events in log order, at most as many as were asked for. */
  readonly events: readonly AllStreamRecordedEvent[];
  /**
   * A place in the log before which everything has been considered. The event that stands there may not have been,
   * nor need there be one yet: it is no checkpoint to resume behind.
   */
  readonly consideredBefore: number | undefined;
  /** Whether everything that was there when this was said has been given. */
  readonly caughtUp: boolean;
}

export interface LogSubscription {
  /**
   * What has come, as soon as anything has: waits for it, for so many ms at most (`NoAnswer`). Nothing more is
   * fetched than fits the buffers on the way until it is asked for. Throws the failure that ended the subscription.
   */
  pull(atMost: number, silenceMs?: number): Promise<Pull>;
  /** Ends it, wherever it stands. */
  end(): void;
}

/** A word of the server between two events: it holds once all events that came before it have been given. */
interface Word {
  readonly dueAfter: number;
  readonly consideredBefore?: number;
  readonly caughtUp?: boolean;
}

/**
 * Subscribes to the log behind a position (0: from its beginning). The client would push events without regard for
 * whether the consumer keeps up; here the consumer pulls. Abort wakes a pull that waits.
 */
export const subscribeToLog = (
  client: EventStoreDBClient,
  after: number,
  filter: (checkpointReached: NonNullable<Filter['checkpointReached']>) => Filter,
  abort: AbortSignal,
): LogSubscription => {
  const words: Word[] = [];
  const bell = createBell();
  let given = 0;
  let failure: unknown;
  // What has come but was not taken yet stands before the word that is being said now.
  const say = (word: Omit<Word, 'dueAfter'>): void => {
    words.push({ ...word, dueAfter: given + subscription.readableLength });
    bell.ring();
  };
  const fail = (error: unknown): void => {
    failure ??= error;
    bell.ring();
  };
  const subscription = client.subscribeToAll({
    fromPosition: after === 0 ? START : toLogPosition(after),
    filter: filter((_, position: Position) => say({ consideredBefore: toNumber(position.commit) })),
  });
  subscription.on('caughtUp', () => say({ caughtUp: true }));
  subscription.on('readable', bell.ring);
  // Stays for good: a failure may come when nobody pulls any more, and must not take the process down.
  subscription.on('error', fail);
  subscription.on('end', () => fail(new SubscriptionEnded('the server ended the subscription')));
  const onAbort = (): void => fail(abort.reason);
  abort.addEventListener('abort', onAbort);
  if (abort.aborted) onAbort();

  const take = (atMost: number): Pull => {
    const events: AllStreamRecordedEvent[] = [];
    let heard = hear(words, given);
    while (!heard.caughtUp && events.length < atMost) {
      const next: AllStreamResolvedEvent | null = subscription.read();
      if (next === null) break;
      given += 1;
      if (next.event) events.push(next.event);
      heard = hear(words, given, heard);
    }
    return { events, ...heard };
  };

  return {
    pull: async (atMost, silenceMs) => {
      for (;;) {
        if (failure !== undefined) throw failure;
        const pull = take(atMost);
        if (pull.events.length > 0 || pull.caughtUp || pull.consideredBefore !== undefined) return pull;
        await bell.rung(silenceMs);
      }
    },
    end: () => {
      abort.removeEventListener('abort', onAbort);
      subscription.unsubscribe().catch(() => undefined);
      subscription.destroy();
    },
  };
};

type Heard = Pick<Pull, 'consideredBefore' | 'caughtUp'>;

/** Takes the words that are due after so many events. */
const hear = (
  words: Word[],
  given: number,
  before: Heard = { consideredBefore: undefined, caughtUp: false },
): Heard => {
  let heard = before;
  for (let word = words[0]; word && word.dueAfter <= given; word = words[0]) {
    words.shift();
    heard = {
      consideredBefore: word.consideredBefore ?? heard.consideredBefore,
      caughtUp: heard.caughtUp || word.caughtUp === true,
    };
  }
  return heard;
};

interface Bell {
  ring(): void;
  /** Passes with the next ring. Rejects with `NoAnswer` when there is none for so many ms. */
  rung(silenceMs?: number): Promise<void>;
}

const createBell = (): Bell => {
  let wake = (): void => undefined;
  return {
    ring: () => wake(),
    rung: (silenceMs) => {
      const rung = new Promise<void>((resolve) => {
        wake = resolve;
      });
      return silenceMs === undefined ? rung : within(silenceMs, rung);
    },
  };
};
