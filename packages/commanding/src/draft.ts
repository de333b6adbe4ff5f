import type { NewEvent, StreamAppend } from '@headroom/event-store';
import { type DomainEvent, isRefused } from '@headroom/kernel';
import type { AnyOutcome, AnyWish } from './job.ts';
import { newEvent } from './new-event.ts';
import type { AnyStream, CommandTrace } from './stream.ts';

/** What is to be said to one wish once the draft is appended. */
export type Verdict =
  | { readonly kind: 'append'; readonly events: readonly DomainEvent[]; readonly from: number; readonly to: number }
  | { readonly kind: 'replay'; readonly key: string }
  | { readonly kind: 'settled'; readonly outcome: AnyOutcome }
  | { readonly kind: 'fault'; readonly fault: unknown };

/** An accepted command whose events are not folded into the state yet. */
interface Unfolded {
  readonly wish: AnyWish;
  readonly events: readonly DomainEvent[];
}

/**
 * Wishes decided one after the other on a stream, and the events to append for them. The events of the last accepted
 * wish are folded only when another wish needs them, so a draft of one leaves the stream as it was.
 */
export class Draft {
  readonly stream: AnyStream;
  /** The revision that the append expects. */
  readonly base: number;
  readonly verdicts: Verdict[] = [];
  readonly events: NewEvent[] = [];
  readonly wishes: AnyWish[] = [];
  /** Whether a wish was carried out before. */
  replays = false;
  /** Whether the stream's state holds events that are not appended yet. */
  speculative = false;
  #unfolded: Unfolded | undefined;

  constructor(stream: AnyStream) {
    this.stream = stream;
    this.base = stream.revision;
  }

  get append(): StreamAppend {
    return { streamId: this.stream.id, expected: this.base, events: this.events };
  }

  /** Decides the next wish on what the ones before it made of the stream. */
  add(wish: AnyWish): void {
    if (this.#unfolded !== undefined) {
      this.speculative = true;
      this.#fold(0);
    }
    this.wishes.push(wish);
    this.verdicts.push(this.#judge(wish));
  }

  /** The events are appended, the last of them at `position`. `place` tells where those of earlier commands are. */
  appended(position: number): void {
    this.#fold(position);
    this.stream.position = position;
    this.stream.shelf.heardOf(this.stream.revision);
    this.speculative = false;
  }

  #judge(wish: AnyWish): Verdict {
    const { stream } = this;
    const { context } = wish;
    const before: CommandTrace | undefined = stream.commands.get(context.commandKey);
    if (before !== undefined) {
      if (before.fingerprint !== context.fingerprint) return { kind: 'settled', outcome: { kind: 'key-reused' } };
      this.replays = true;
      return { kind: 'replay', key: context.commandKey };
    }
    if (context.expectedRevision !== undefined && context.expectedRevision !== stream.revision)
      return { kind: 'settled', outcome: { kind: 'revision-mismatch', actualRevision: stream.revision } };
    return this.#decide(wish);
  }

  #decide(wish: AnyWish): Verdict {
    const { revision, position } = this.stream;
    try {
      const decision = wish.decide(this.stream.state);
      if (isRefused(decision)) {
        const { refused: code, detail } = decision;
        const outcome: AnyOutcome =
          detail === undefined ? { kind: 'refused', code } : { kind: 'refused', code, detail };
        return { kind: 'settled', outcome };
      }
      const events = decision.accepted;
      if (events.length === 0)
        return { kind: 'settled', outcome: { kind: 'accepted', events, revision, position, replayed: false } };
      this.#unfolded = { wish, events };
      for (let index = 0; index < events.length; index += 1)
        this.events.push(newEvent(wish, events[index] as DomainEvent, index));
      return { kind: 'append', events, from: revision + 1, to: revision + events.length };
    } catch (fault) {
      return { kind: 'fault', fault };
    }
  }

  #fold(position: number): void {
    if (this.#unfolded === undefined) return;
    const { wish, events } = this.#unfolded;
    this.#unfolded = undefined;
    const { stream } = this;
    const from = stream.revision + 1;
    for (const event of events) stream.apply(event);
    stream.trace(wish.context.commandKey, wish.context.fingerprint, from, position);
  }
}
