import type { DomainEvent } from '@headroom/kernel';
import type { Outcome, Wish } from './command.ts';

// biome-ignore lint/suspicious/noExplicitAny: wishes of all kinds wait in one kind of queue
export type AnyWish = Wish<any, any, any>;
export type AnyOutcome = Outcome<DomainEvent, string>;

/** A command that waits for its turn on a stream. */
export interface CommandJob {
  readonly kind: 'command';
  readonly wish: AnyWish;
  /** Whether its key was claimed for its content. */
  claimed: boolean;
  readonly settle: (outcome: AnyOutcome) => void;
  readonly fail: (fault: unknown) => void;
}

/** Something that needs a stream to itself for a while; it never throws. */
export interface ExclusiveJob {
  readonly kind: 'exclusive';
  readonly work: () => Promise<void>;
}

export type Job = CommandJob | ExclusiveJob;
