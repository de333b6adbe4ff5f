import type pg from 'pg';
import { loadFrom } from '../database/load-rows.ts';
import { foldPage } from '../fold/fold-page.ts';
import type { RowCache } from '../fold/row-cache.ts';
import type { AnyTable } from '../fold/row-shape.ts';
import { UnitOfWork } from '../fold/unit-of-work.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';

/** Events of one projection, and the schema that holds the rows beneath them. */
export interface FoldedOver {
  readonly projection: Projection;
  readonly schema: string;
  readonly events: readonly ProjectedEvent[];
}

/**
 * Folds events over rows of the database, as the live fold would, and gives what is then in memory. Only what the events
 * touch is loaded; nothing is written. Throws what a handler threw.
 */
export const foldOver = async (
  client: Pick<pg.ClientBase, 'query'>,
  parts: readonly FoldedOver[],
): Promise<Map<AnyTable, RowCache>> => {
  const caches = new Map<AnyTable, RowCache>();
  for (const { projection, schema, events } of parts) {
    const unit = new UnitOfWork(projection, { kind: 'rows' });
    const load = loadFrom(client, schema, () => unit.page);
    if (events.length > 0) await foldPage(unit, events, load);
    for (const cache of unit.caches) caches.set(cache.shape.table, cache);
  }
  return caches;
};
