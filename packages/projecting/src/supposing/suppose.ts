import type { EventMeta } from '@headroom/event-store';
import type pg from 'pg';
import { loadFrom } from '../database/load-rows.ts';
import { schemaOf } from '../database/names.ts';
import { foldPage } from '../fold/fold-page.ts';
import { Room } from '../fold/residents.ts';
import type { RowCache } from '../fold/row-cache.ts';
import type { AnyTable } from '../fold/row-shape.ts';
import { UnitOfWork } from '../fold/unit-of-work.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import type { RowReader, SupposedEvent, SupposedReader } from '../reader.ts';
import { OverlayReader } from './overlay-reader.ts';

const META: EventMeta = {
  tenantId: '',
  actor: 'system:what-if',
  commandKey: 'what-if',
  fingerprint: '',
  correlationId: 'what-if',
};

/** Nothing has to leave memory: the rows are gone with the question. */
const UNLIMITED = { young: Number.POSITIVE_INFINITY, old: Number.POSITIVE_INFINITY };

/** As the log would give it back, were it the next one. */
const projected = (tenantId: string, supposed: SupposedEvent, position: number): ProjectedEvent => ({
  type: supposed.type,
  data: supposed.data,
  tenantId,
  streamId: 'what-if',
  revision: 0,
  position,
  recordedAt: supposed.recordedAt,
  meta: { ...META, tenantId },
});

/**
 * Folds events that nobody recorded over the rows of an open snapshot, as the live fold would if they came next, and
 * gives what questions would read then. Only what the events touch is loaded; nothing is written.
 */
export const supposeOver = async (
  client: Pick<pg.ClientBase, 'query'>,
  base: RowReader,
  projections: readonly Projection[],
  tenantId: string,
  events: readonly SupposedEvent[],
): Promise<SupposedReader> => {
  const caches = new Map<AnyTable, RowCache>();
  const all = events.map((event, index) => projected(tenantId, event, base.position + 1 + index));
  for (const projection of projections) {
    const unit = new UnitOfWork(projection, { kind: 'rows', room: new Room(UNLIMITED) });
    const handled = all.filter(({ type }) => projection.handlers[type] !== undefined);
    const load = loadFrom(client, schemaOf(projection), () => unit.page);
    // One by one: what an event reads may follow from what the one before it changed.
    for (const event of handled) await foldPage(unit, [event], load);
    for (const cache of unit.caches) caches.set(cache.shape.table, cache);
  }
  return new OverlayReader(base, caches);
};
