import type { DomainEvent } from '@headroom/kernel';
import { LRUCache } from 'lru-cache';
import type { StreamKind } from './command.ts';
import { type AnyStream, Stream } from './stream.ts';

/** What a stream without commands counts for, beside one for each command. */
const BARE_WEIGHT = 8;

/** The streams this process knows: those with jobs for certain, of the others those used last. */
export class Streams {
  readonly #idle: LRUCache<string, AnyStream>;
  readonly #busy = new Map<string, AnyStream>();

  /** `maxCommands` is about the number of commands whose traces are kept over all idle streams. */
  constructor(maxCommands: number) {
    this.#idle = new LRUCache({ maxSize: maxCommands });
  }

  /** The stream of that name, known or new. */
  get<State, Event extends DomainEvent>(kind: StreamKind<State, Event>, id: string): Stream<State, Event> {
    return this.#busy.get(id) ?? this.#idle.get(id) ?? new Stream(kind, id);
  }

  /** The stream if it is known; looking does not count as use. */
  known(id: string): AnyStream | undefined {
    return this.#busy.get(id) ?? this.#idle.peek(id);
  }

  occupy(stream: AnyStream): void {
    stream.busy = true;
    this.#busy.set(stream.id, stream);
  }

  release(stream: AnyStream): void {
    stream.busy = false;
    this.#busy.delete(stream.id);
    if (stream.loaded) this.#idle.set(stream.id, stream, { size: BARE_WEIGHT + stream.commands.size });
    else this.#idle.delete(stream.id);
  }

  forget(stream: AnyStream): void {
    this.#idle.delete(stream.id);
  }

  /** Streams with jobs. */
  get busy(): ReadonlyMap<string, AnyStream> {
    return this.#busy;
  }
}
