import type { EventStore, StoredEvent } from '@headroom/event-store';
import { MemoryModel } from '../fold/fold-in-memory.ts';
import type { Projection } from '../projection.ts';
import type { LogPart, LogPartWanted, Narrow, PartEvent, RowReader } from '../reader.ts';

/** The projection as it is over a log that holds of each event what `narrow` leaves of it. */
const narrowed = (projection: Projection, narrow: Narrow): Projection => ({
  ...projection,
  upcast: (storedType, data) => {
    const current = projection.upcast(storedType, data);
    return current && narrow(current);
  },
});

const partEvents = (
  events: readonly StoredEvent[],
  projections: readonly Projection[],
  narrow: Narrow,
): PartEvent[] => {
  const types = new Set(projections.flatMap(({ storedTypes }) => storedTypes));
  const [projection] = projections;
  return events.flatMap((stored) => {
    if (!types.has(stored.type)) return [];
    const current = projection?.upcast(stored.type, stored.data);
    const left = current && narrow(current);
    if (left === undefined) return [];
    const { id, position, recordedAt, meta } = stored;
    return [{ ...left, id, position, recordedAt, actor: meta.actor, reason: meta.reason ?? null }];
  });
};

class FoldedPart implements LogPart {
  readonly events: readonly PartEvent[];
  readonly #stored: readonly StoredEvent[];
  readonly #model: MemoryModel;
  #next = 0;

  constructor(stored: readonly StoredEvent[], projections: readonly Projection[], wanted: LogPartWanted) {
    this.#stored = stored;
    this.events = partEvents(stored, projections, wanted.narrow());
    const seen = projections.map((projection) => narrowed(projection, wanted.narrow()));
    this.#model = new MemoryModel(seen, { partial: true });
  }

  at(position: number): RowReader {
    if (position < this.#model.position) throw new Error(`a fold at ${this.#model.position} cannot go back`);
    const end = this.#stored.findIndex((event, index) => index >= this.#next && event.position > position);
    const next = end < 0 ? this.#stored.length : end;
    this.#model.fold(this.#stored.slice(this.#next, next), position);
    this.#next = next;
    return this.#model.reader();
  }
}

/** Reads some streams, in the order of the log, to be folded on their own. */
export const openPart = async (
  store: EventStore,
  projections: readonly Projection[],
  wanted: LogPartWanted,
): Promise<LogPart> => {
  const { streams, among = { streams: [], mentioning: undefined } } = wanted;
  const whole = new Set(streams);
  const read = await Promise.all([
    ...[...whole].map((streamId) => store.readStream(streamId)),
    ...[...new Set(among.streams)]
      .filter((streamId) => !whole.has(streamId))
      .map((streamId) => store.readStream(streamId, 0, among.mentioning)),
  ]);
  const stored = read.flat().sort((one, other) => one.position - other.position);
  return new FoldedPart(stored, projections, wanted);
};
