import type { DomainEvent } from '@headroom/kernel';
import { LRUCache } from 'lru-cache';
import type { StreamKind } from './command.ts';
import { Shelf } from './shelf.ts';
import type { AnyStream, Stream } from './stream.ts';

/** A shelf is weighed again when it has become this much heavier. */
const GROWTH = 1.25;

/** The streams this process knows: those with jobs for certain, of the others those used last. */
export class Streams {
  readonly #idle: LRUCache<string, Shelf>;
  readonly #weights = new WeakMap<Shelf, number>();
  readonly #busy = new Map<string, Shelf>();

  /** `maxCommands` is about the number of commands whose traces are kept over all idle streams. */
  constructor(maxCommands: number) {
    this.#idle = new LRUCache({ maxSize: maxCommands });
  }

  /** The stream of that name as this kind folds it, known or new. */
  get<State, Event extends DomainEvent>(kind: StreamKind<State, Event>, id: string): Stream<State, Event> {
    const shelf = this.#busy.get(id) ?? this.#idle.get(id) ?? new Shelf(id);
    return shelf.stream(kind);
  }

  /** What is known of a stream; looking does not count as use. */
  known(id: string): Shelf | undefined {
    return this.#busy.get(id) ?? this.#idle.peek(id);
  }

  occupy(stream: AnyStream): void {
    const { shelf } = stream;
    stream.busy = true;
    if (shelf.busy === 0) this.#busy.set(shelf.id, shelf);
    shelf.busy += 1;
  }

  release(stream: AnyStream): void {
    const { shelf } = stream;
    stream.busy = false;
    shelf.busy -= 1;
    if (shelf.busy > 0) return;
    this.#busy.delete(shelf.id);
    const { weight } = shelf;
    if (this.#idle.has(shelf.id) && weight <= GROWTH * (this.#weights.get(shelf) ?? 0)) return;
    this.#weights.set(shelf, weight);
    this.#idle.set(shelf.id, shelf, { size: weight });
  }

  /** Streams that have a job now. */
  busy(): AnyStream[] {
    return [...this.#busy.values()].flatMap(({ streams }) => streams.filter(({ busy }) => busy));
  }
}
