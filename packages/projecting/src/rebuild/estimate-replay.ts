import type { EventStore } from '@headroom/event-store';
import { UpcastPage } from '../fold/project-events.ts';
import { UnitOfWork } from '../fold/unit-of-work.ts';
import type { Projection } from '../projection.ts';
import { type RowScope, TouchedRows } from './row-scope.ts';

export interface ReplayEstimate {
  /** Events of the tenant that have to be read: all that its rows follow from, whatever the scope. */
  readonly events: number;
  /** Rows that will be compared. */
  readonly rows: number;
  /** At the pace of the sample. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** False when the numbers are those of the log's beginning, scaled up to its length. */
  readonly exact: boolean;
}

const SAMPLE_MS = 700;
const PAGE_SIZE = 1_000;

/**
 * What a partial replay will cost: folds the beginning of the log in memory for a moment, and scales up what was found.
 * Throws what a handler throws.
 */
export const estimateReplay = async (
  store: EventStore,
  projections: readonly Projection[],
  { tenantId, touches = () => true }: RowScope,
): Promise<ReplayEstimate> => {
  const touched = new TouchedRows(touches);
  const units = projections.map((projection) => {
    const unit = new UnitOfWork(projection, { kind: 'nothing' });
    unit.watch(touched.isWatched, (entry) => touched.add(entry));
    return { unit, types: new Set(projection.storedTypes) };
  });
  const head = await store.head();
  const types = [...new Set(projections.flatMap(({ storedTypes }) => storedTypes))];
  const began = performance.now();
  let [events, reached] = [0, 0];
  for await (const page of store.readAll({ after: 0, upTo: head, tenantId, types, pageSize: PAGE_SIZE })) {
    const upcast = new UpcastPage(page.events);
    for (const { unit, types: own } of units)
      for (const event of upcast.for(unit.projection, own, 0)) {
        unit.open([event]);
        unit.fold([event], 0);
      }
    events += page.events.length;
    reached = page.upTo;
    if (performance.now() - began > SAMPLE_MS) break;
  }
  const seconds = Math.max(0.001, (performance.now() - began) / 1000);
  const exact = reached >= head;
  const scale = exact || reached === 0 ? 1 : head / reached;
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    events: Math.round(events * scale),
    rows: Math.round(touched.count * scale),
    seconds: round(seconds * scale),
    eventsPerSecond: Math.round(events / seconds),
    exact,
  };
};
