import type { StoredEvent } from '@headroom/event-store';
import type { DomainEvent } from '@headroom/kernel';
import type { StreamKind } from './command.ts';
import type { Job } from './job.ts';
import type { Shelf } from './shelf.ts';

/** Where in a stream the events of one command stand. */
export interface CommandTrace {
  readonly fingerprint: string;
  readonly from: number;
  to: number;
  /** Position of the command's last event; 0 while it is not appended. */
  position: number;
}

// biome-ignore lint/suspicious/noExplicitAny: streams of all kinds stand side by side in the cache
export type AnyStream = Stream<any, any>;

/** A stream folded as far as this process knows it: the state for decisions, and which commands made it. */
export class Stream<State, Event extends DomainEvent> {
  readonly kind: StreamKind<State, Event>;
  /** What is known of the stream however it is folded. */
  readonly shelf: Shelf;
  state: State;
  /** Revision that `state` holds for; -1 when there are no events. */
  revision = -1;
  /** Position of the event at `revision`; 0 when there are no events. */
  position = 0;
  /** False until the stream was read for the first time, and after `reset`. */
  loaded = false;
  /** By idempotency key; keys are the tenant's, and a stream has one tenant. */
  readonly commands = new Map<string, CommandTrace>();

  /** Jobs that wait for their turn on this stream. */
  waiting: Job[] = [];
  /** Whether a job has its turn; nobody else may then touch the state. */
  busy = false;
  /** Fingerprints of single commands that wait or have their turn, by key. */
  readonly inFlight = new Map<string, string>();

  constructor(kind: StreamKind<State, Event>, shelf: Shelf) {
    this.kind = kind;
    this.shelf = shelf;
    this.state = kind.evolution.initial();
  }

  get id(): string {
    return this.shelf.id;
  }

  /** Whether `state` is, as far as this process was told, the whole stream. */
  get fresh(): boolean {
    return this.loaded && this.shelf.knownRevision <= this.revision;
  }

  /** Forgets what was folded; what was heard of the stream is kept. */
  reset(): void {
    this.state = this.kind.evolution.initial();
    this.revision = -1;
    this.position = 0;
    this.loaded = false;
    this.commands.clear();
  }

  /** Takes in the next stored event. Throws when events are missing before it. */
  fold(stored: StoredEvent): void {
    const { revision, position, meta } = stored;
    if (revision !== this.revision + 1)
      throw new Error(`${this.id} stands at ${this.revision}, so event ${revision} cannot be next`);
    this.apply(this.kind.upcast(stored.type, stored.data) as Event);
    this.position = position;
    const trace = this.commands.get(meta.commandKey);
    if (trace === undefined) this.trace(meta.commandKey, meta.fingerprint, revision, position);
    else {
      trace.to = revision;
      trace.position = position;
    }
  }

  /** Takes in an event of today's shape as the next one. */
  apply(event: Event): void {
    this.state = this.kind.evolution.evolve(this.state, event);
    this.revision += 1;
  }

  /** Remembers that a command made the events from a revision up to the newest one. */
  trace(key: string, fingerprint: string, from: number, position: number): void {
    this.commands.set(key, { fingerprint, from, to: this.revision, position });
  }
}
