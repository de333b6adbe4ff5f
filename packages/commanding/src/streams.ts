import { categoryOf, type DomainEvent } from '@headroom/kernel';
import { LRUCache } from 'lru-cache';
import type { StreamKind } from './command.ts';
import { type AnyStream, Stream } from './stream.ts';

/** What a stream without commands counts for, beside one for each command. */
const BARE_WEIGHT = 8;

// biome-ignore lint/suspicious/noExplicitAny: kinds of all streams stand side by side here
type AnyKind = StreamKind<any, any>;

/**
 * The streams this process knows: those with jobs for certain, of the others those used last. A stream is known once
 * for each kind it was asked for with: its own service folds it for its decisions, others fold what they need of it.
 */
export class Streams {
  readonly #kinds = new Map<string, AnyKind[]>();
  readonly #idle: LRUCache<string, AnyStream>;
  readonly #busy = new Map<string, AnyStream>();

  /** `maxCommands` is about the number of commands whose traces are kept over all idle streams. */
  constructor(maxCommands: number) {
    this.#idle = new LRUCache({ maxSize: maxCommands });
  }

  /** The stream of that name, known or new. */
  get<State, Event extends DomainEvent>(kind: StreamKind<State, Event>, id: string): Stream<State, Event> {
    const key = this.#keyOf(kind, id);
    return this.#busy.get(key) ?? this.#idle.get(key) ?? new Stream(kind, id, this.known(id)[0]?.heard);
  }

  /** The stream in each way in which it is known; looking does not count as use. */
  known(id: string): AnyStream[] {
    const known: AnyStream[] = [];
    for (const kind of this.#kinds.get(categoryOf(id)) ?? []) {
      const key = this.#keyOf(kind, id);
      const stream = this.#busy.get(key) ?? this.#idle.peek(key);
      if (stream !== undefined) known.push(stream);
    }
    return known;
  }

  occupy(stream: AnyStream): void {
    stream.busy = true;
    this.#busy.set(this.#keyOf(stream.kind, stream.id), stream);
  }

  release(stream: AnyStream): void {
    stream.busy = false;
    const key = this.#keyOf(stream.kind, stream.id);
    this.#busy.delete(key);
    if (stream.loaded) this.#idle.set(key, stream, { size: BARE_WEIGHT + stream.commands.size });
    else this.#idle.delete(key);
  }

  forget(stream: AnyStream): void {
    this.#idle.delete(this.#keyOf(stream.kind, stream.id));
  }

  /** Streams with jobs. */
  get busy(): ReadonlyMap<string, AnyStream> {
    return this.#busy;
  }

  #keyOf(kind: AnyKind, id: string): string {
    let kinds = this.#kinds.get(kind.category);
    if (kinds === undefined) {
      kinds = [];
      this.#kinds.set(kind.category, kinds);
    }
    let number = kinds.indexOf(kind);
    if (number < 0) number = kinds.push(kind) - 1;
    return `${number} ${id}`;
  }
}
