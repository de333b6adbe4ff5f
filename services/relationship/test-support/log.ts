import type { AnyEvent, EventUnion } from '@headroom/contracts/events';
import { allEvents } from '@headroom/contracts/events';
import { storedTypeOf } from '@headroom/contracts/events/upcast';
import type { JsonObject, StoredEvent } from '@headroom/event-store';
import { foldInMemory, type RowReader } from '@headroom/projecting';
import { relationshipProjection } from '../src/projections/relationship.ts';

type Known = EventUnion<(typeof allEvents)[number]>;

/** An event as a test states it. */
export type Stated = Known & { readonly streamId?: string; readonly reason?: string; readonly actor?: string };

const schemas = new Map<string, AnyEvent['schema']>(allEvents.map((each: AnyEvent) => [each.name, each.schema]));

/** Events as the store would give them back, one a position from 1 on. Throws when one is not of its contract. */
export const stored = (events: readonly Stated[]): StoredEvent[] =>
  events.map(({ type, data, streamId = 'stream-acme/x', reason, actor = 'key:1' }, index) => ({
    id: `event-${index + 1}`,
    type: storedTypeOf(type),
    data: schemas.get(type)?.parse(data) as JsonObject,
    meta: {
      tenantId: 'acme',
      actor,
      commandKey: `command-${index + 1}`,
      fingerprint: 'f',
      correlationId: 'c',
      ...(reason === undefined ? {} : { reason }),
    },
    position: index + 1,
    streamId,
    revision: 0,
    recordedAt: new Date(Date.UTC(2026, 2, 20, 8, 0, index)).toISOString(),
  }));

/** The rows that some events make. */
export const folded = async (events: readonly Stated[]): Promise<RowReader> =>
  (await foldInMemory([relationshipProjection], stored(events))).reader();
