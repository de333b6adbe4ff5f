import type { EventMeta, StoredEvent } from '@headroom/event-store';
import { tenantOf } from '@headroom/kernel';
import type { ProjectedEvent, Projection, Upcast } from '../projection.ts';

/** The events of a page as projections see them; each is upcast once for all projections that share an upcaster. */
export class UpcastPage {
  readonly #events: readonly StoredEvent[];
  /** By upcaster, in the order of the events: null where the event says nothing any more. */
  readonly #byUpcast = new Map<Upcast, (ProjectedEvent | null | undefined)[]>();

  constructor(events: readonly StoredEvent[]) {
    this.#events = events;
  }

  /** Those that a projection handles, behind a position. Throws what its upcaster throws. */
  for(projection: Projection, types: ReadonlySet<string>, after: number): ProjectedEvent[] {
    const { upcast, handlers } = projection;
    const seen = this.#byUpcast.get(upcast) ?? [];
    this.#byUpcast.set(upcast, seen);
    const projected: ProjectedEvent[] = [];
    for (const [index, stored] of this.#events.entries()) {
      if (stored.position <= after || !types.has(stored.type)) continue;
      let event = seen[index];
      if (event === undefined) {
        event = upcastEvent(upcast, stored);
        seen[index] = event;
      }
      if (event && handlers[event.type]) projected.push(event);
    }
    return projected;
  }
}

/** Instant and metadata are worked out when a handler asks for them: most events are folded without. */
class UpcastEvent implements ProjectedEvent {
  readonly type: string;
  readonly data: unknown;
  readonly tenantId: string;
  readonly position: number;
  readonly #stored: StoredEvent;

  constructor(type: string, data: unknown, stored: StoredEvent) {
    this.type = type;
    this.data = data;
    this.tenantId = tenantOf(stored.streamId);
    this.position = stored.position;
    this.#stored = stored;
  }

  get streamId(): string {
    return this.#stored.streamId;
  }

  get revision(): number {
    return this.#stored.revision;
  }

  get recordedAt(): string {
    return this.#stored.recordedAt;
  }

  get meta(): EventMeta {
    return this.#stored.meta;
  }
}

const upcastEvent = (upcast: Upcast, stored: StoredEvent): ProjectedEvent | null => {
  const current = upcast(stored.type, stored.data);
  return current === undefined ? null : new UpcastEvent(current.type, current.data, stored);
};
