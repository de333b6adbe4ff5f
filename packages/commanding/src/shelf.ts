import { categoryOf, type DomainEvent } from '@headroom/kernel';
import type { StreamKind } from './command.ts';
import { type AnyStream, Stream } from './stream.ts';

/** What a folded stream without commands counts for, beside one for each command. */
const BARE_WEIGHT = 8;

/**
 * What is known of one stream of the log: mostly it is folded once, by its own service for its decisions; services that
 * look at it from outside fold what they need of it in a way of their own.
 */
export class Shelf {
  readonly id: string;
  readonly streams: AnyStream[] = [];
  /** The highest revision that anything told us of; a state folded up to a lower one is stale. */
  knownRevision = -1;
  /** How many of the streams have a job. */
  busy = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** The stream as this kind folds it. Throws when the kind is for streams of another category. */
  stream<State, Event extends DomainEvent>(kind: StreamKind<State, Event>): Stream<State, Event> {
    for (const known of this.streams) if (known.kind === kind) return known;
    if (categoryOf(this.id) !== kind.category)
      throw new Error(`${this.id} is no stream of the category ${kind.category}`);
    const stream = new Stream(kind, this);
    this.streams.push(stream);
    return stream;
  }

  /** An event at `revision` exists. */
  heardOf(revision: number): void {
    if (revision > this.knownRevision) this.knownRevision = revision;
  }

  /** About how many commands' traces it takes the place of. */
  get weight(): number {
    let weight = 0;
    for (const { commands } of this.streams) weight += BARE_WEIGHT + commands.size;
    return weight;
  }
}
