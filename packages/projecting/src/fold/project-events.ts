import type { EventMeta, StoredEvent } from '@headroom/event-store';
import { tenantOf } from '@headroom/kernel';
import type { ProjectedEvent, Projection, Upcast } from '../projection.ts';

/** The events of a page as projections see them; each is upcast once for all projections that share an upcaster. */
export class UpcastPage {
  readonly #events: readonly StoredEvent[];
  readonly #byUpcast = new Map<Upcast, Map<StoredEvent, ProjectedEvent | undefined>>();

  constructor(events: readonly StoredEvent[]) {
    this.#events = events;
  }

  /** Those that a projection handles, behind a position. Throws what its upcaster throws. */
  for(projection: Projection, types: ReadonlySet<string>, after: number): ProjectedEvent[] {
    const seen = this.#byUpcast.get(projection.upcast) ?? new Map<StoredEvent, ProjectedEvent | undefined>();
    this.#byUpcast.set(projection.upcast, seen);
    const projected: ProjectedEvent[] = [];
    for (const stored of this.#events) {
      if (stored.position <= after || !types.has(stored.type)) continue;
      let event = seen.get(stored);
      if (event === undefined && !seen.has(stored)) {
        event = upcastEvent(projection.upcast, stored);
        seen.set(stored, event);
      }
      if (event && projection.handlers[event.type]) projected.push(event);
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

const upcastEvent = (upcast: Upcast, stored: StoredEvent): ProjectedEvent | undefined => {
  const current = upcast(stored.type, stored.data);
  return current && new UpcastEvent(current.type, current.data, stored);
};
