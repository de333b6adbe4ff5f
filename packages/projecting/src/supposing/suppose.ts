import type { EventMeta } from '@headroom/event-store';
import type pg from 'pg';
import { schemaOf } from '../database/names.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import type { RowReader, SupposedEvent, SupposedReader } from '../reader.ts';
import { foldOver } from './fold-over.ts';
import { OverlayReader } from './overlay-reader.ts';

let overlays = 0;

const META: EventMeta = {
  tenantId: '',
  actor: 'system:what-if',
  commandKey: 'what-if',
  fingerprint: '',
  correlationId: 'what-if',
};

/** As the log would give it back, were it the next one. */
const projected = (tenantId: string, supposed: SupposedEvent, position: number): ProjectedEvent => ({
  type: supposed.type,
  data: supposed.data,
  tenantId,
  streamId: supposed.streamId ?? 'what-if',
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
  const all = events.map((event, index) => projected(tenantId, event, base.position + 1 + index));
  const parts = projections.map((projection) => ({
    projection,
    schema: schemaOf(projection),
    events: all.filter(({ type }) => projection.handlers[type] !== undefined),
  }));
  const caches = await foldOver(client, parts);
  overlays += 1;
  return new OverlayReader(base, caches, { snapshot: `${base.snapshot} supposing ${overlays}` });
};
