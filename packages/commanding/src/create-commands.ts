import type { EventStore } from '@headroom/event-store';
import type { DomainEvent } from '@headroom/kernel';
import type { Commands, Outcome, StreamKind, Wish } from './command.ts';
import { executeAtomically } from './execute-atomically.ts';
import { executeEach } from './execute-each.ts';
import type { AnyOutcome, AnyWish } from './job.ts';
import type { KeyLedger } from './ledger.ts';
import { refresh } from './refresh.ts';
import type { AnyStream } from './stream.ts';
import { Streams } from './streams.ts';
import { followLog } from './tail.ts';
import { tryAll } from './try-all.ts';
import { Turns } from './turns.ts';

export interface CommandsOptions {
  readonly store: EventStore;
  readonly ledger: KeyLedger;
  /**
   * About how many commands are remembered over all cached streams: 200 bytes each, and what the state keeps of their
   * events, about a kilobyte for an entry of hours. 60,000 unless told: an import of years passes through, and the hours
   * that 200 people log in a month stay.
   */
  readonly cachedCommands?: number;
  /** Hears of a lost connection to the log; it is tried again either way. */
  readonly onFault?: (fault: unknown) => void;
}

const CATCH_UP_MS = 2_000;

/** A single command: told at once when its key is being used already. */
const executeOne = (turns: Turns, stream: AnyStream, wish: AnyWish): Promise<AnyOutcome> => {
  const { commandKey, fingerprint } = wish.context;
  const running = stream.inFlight.get(commandKey);
  if (running !== undefined) return Promise.resolve({ kind: running === fingerprint ? 'in-flight' : 'key-reused' });
  stream.inFlight.set(commandKey, fingerprint);
  return new Promise((resolve, reject) => {
    const settle = (outcome: AnyOutcome): void => {
      stream.inFlight.delete(commandKey);
      resolve(outcome);
    };
    const fail = (fault: unknown): void => {
      stream.inFlight.delete(commandKey);
      reject(fault);
    };
    turns.enqueue(stream, { kind: 'command', wish, claimed: false, settle, fail });
  });
};

/**
 * Carries out commands against the log. Streams are folded once and kept; a tail of the log keeps them fresh within
 * milliseconds of what other processes write, and the store's conflicts are the true guard. A refused command leaves
 * no trace: sent again with the same key, it is decided again. Close it before the store; it closes the ledger.
 */
export const createCommands = async (options: CommandsOptions): Promise<Commands> => {
  const { store, ledger, cachedCommands = 60_000, onFault = () => undefined } = options;
  const streams = new Streams(cachedCommands);
  const tail = followLog(store, streams, await store.head(), onFault);
  const desk = { store, ledger, following: tail.following };
  const turns = new Turns(desk, streams);

  const read = async (stream: AnyStream): Promise<void> => {
    if (!stream.fresh || !tail.following()) await refresh(store, stream);
  };

  return {
    state: async <State, Event extends DomainEvent>(kind: StreamKind<State, Event>, streamId: string) => {
      const stream = streams.get(kind, streamId);
      // Whoever has the stream may have folded what is not appended yet.
      if (stream.busy || !stream.fresh || !tail.following()) await turns.exclusively(stream, () => read(stream));
      return { state: stream.state, revision: stream.revision };
    },

    execute: <State, Event extends DomainEvent, Code extends string>(wish: Wish<State, Event, Code>) =>
      executeOne(turns, streams.get(wish.kind, wish.streamId), wish) as Promise<Outcome<Event, Code>>,

    executeAll: async <State, Event extends DomainEvent, Code extends string>(
      wishes: readonly Wish<State, Event, Code>[],
      mode: 'best-effort' | 'atomic',
      { dryRun = false }: { readonly dryRun?: boolean } = {},
    ) => {
      const run = () => {
        if (dryRun) return tryAll(store, wishes, mode);
        return mode === 'atomic'
          ? executeAtomically(desk, turns, streams, wishes)
          : executeEach(turns, streams, wishes);
      };
      return (await run()) as Outcome<Event, Code | 'not-carried-out'>[];
    },

    catchUp: async (position) => tail.reached(position ?? (await store.head()), CATCH_UP_MS),
    news: tail.news,
    head: () => store.head(),

    close: async () => {
      await tail.close();
      await Promise.all(streams.busy().map((stream) => turns.exclusively(stream, async () => undefined)));
      await ledger.close();
    },
  };
};
