import type { StoredEvent } from '@headroom/event-store';
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

const upcastEvent = (upcast: Upcast, stored: StoredEvent): ProjectedEvent | undefined => {
  const current = upcast(stored.type, stored.data);
  if (!current) return undefined;
  return {
    type: current.type,
    data: current.data,
    tenantId: stored.meta.tenantId,
    streamId: stored.streamId,
    revision: stored.revision,
    position: stored.position,
    recordedAt: stored.recordedAt,
    meta: stored.meta,
  };
};
