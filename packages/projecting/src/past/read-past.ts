import type { EventStore, StoredEvent } from '@headroom/event-store';
import type pg from 'pg';
import { UpcastPage } from '../fold/project-events.ts';
import type { AnyTable } from '../fold/row-shape.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import type { Concerning, Narrow, RowReader } from '../reader.ts';
import { PostgresReader } from '../reading/postgres-reader.ts';
import { foldOver } from '../supposing/fold-over.ts';
import { OverlayReader } from '../supposing/overlay-reader.ts';
import { EVERY } from './keep-versions.ts';
import { lookAt, momentSchemaOf, pastFingerprint, versionsSql } from './past-schema.ts';

export interface PastParts {
  readonly pool: pg.Pool;
  readonly store: EventStore;
  /** Positions from one kept moment to the next; 1,000 unless told. */
  readonly every?: number | undefined;
}

export interface PastMoment {
  readonly projections: readonly Projection[];
  readonly tenantId: string;
  readonly position: number;
  /** Of the events behind the kept moment only what of them concerns the question. */
  readonly concerning?: Concerning | undefined;
}

/** A moment at which versions are kept, and the position asked for behind it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where that much has to be folded, versions that are kept are no help. */
const MOST_STRETCHES = 8;

const KEPT = `select count(*)::int as count, min(p.position) as position from projecting.past p
  join unnest($1::text[], $2::integer[], $3::text[]) as e (projection, version, fingerprint)
  using (projection, version, fingerprint)`;

/** The last kept moment before the position, if there is one near to it. */
const nearestOf = async (
  { pool, store, every = EVERY }: PastParts,
  { projections, position }: PastMoment,
): Promise<Stretch | undefined> => {
  const values = [
    projections.map(({ name }) => name),
    projections.map(({ version }) => version),
    projections.map((projection) => pastFingerprint(projection, every)),
  ];
  const { rows } = await pool.query<{ readonly count: number; readonly position: number | null }>({
    name: 'kept past',
    text: KEPT,
    values,
  });
  const kept = rows[0]?.count === projections.length ? Number(rows[0].position) : 0;
  const to = kept >= position ? position : Math.min(position, await store.head());
  const from = Math.floor(Math.min(kept, to) / every) * every;
  return from === 0 || to - from > MOST_STRETCHES * every ? undefined : { from, to };
};

const eventsIn = async (
  store: EventStore,
  { projections, tenantId }: PastMoment,
  { from, to }: Stretch,
): Promise<StoredEvent[]> => {
  const types = [...new Set(projections.flatMap(({ storedTypes }) => storedTypes))];
  const found: StoredEvent[] = [];
  for await (const { events } of store.readAll({ after: from, upTo: to, tenantId, types })) found.push(...events);
  return found;
};

/** What is left of an event, with all that is known of it beside. */
const narrowed = (event: ProjectedEvent, narrow: Narrow): ProjectedEvent[] => {
  const left = narrow(event);
  if (left === undefined) return [];
  if (left.type === event.type && left.data === event.data) return [event];
  const { tenantId, streamId, revision, position, recordedAt, meta } = event;
  return [{ ...left, tenantId, streamId, revision, position, recordedAt, meta }];
};

const versionsOf =
  (base: PostgresReader, projections: readonly Projection[]): NonNullable<RowReader['versions']> =>
  async (table, tenantId) => {
    const projection = projections.find(({ tables }) => tables.includes(table as unknown as AnyTable));
    if (projection === undefined) throw new Error(`table ${table.name} belongs to none of the projections asked for`);
    const text = versionsSql(projection, table as unknown as AnyTable);
    const rows = await base.texts(text, [tenantId]);
    return rows.map((row) => ({ key: row.slice(0, -1).map(String), changedAt: Number(row.at(-1)) }));
  };

const readerAt = async (
  client: pg.ClientBase,
  { projections, tenantId, concerning }: PastMoment,
  { from, to }: Stretch,
  stored: readonly StoredEvent[],
): Promise<RowReader> => {
  const schemas = new Map(
    projections.flatMap((projection) => projection.tables.map((table) => [table, momentSchemaOf(projection)] as const)),
  );
  const schemaOf = (table: AnyTable): string => {
    const schema = schemas.get(table);
    if (schema === undefined) throw new Error(`table ${table.name} belongs to none of the projections asked for`);
    return schema;
  };
  const snapshot = `${tenantId} known at ${to}`;
  const base = new PostgresReader(client, { position: to, snapshot }, schemaOf);
  const upcast = new UpcastPage(stored);
  const all = projections.map((projection) => ({
    projection,
    events: upcast.for(projection, new Set(projection.storedTypes), from),
  }));
  const narrow = await concerning?.(base, all[0]?.events ?? []);
  const parts = all.map(({ projection, events }) => ({
    projection,
    schema: momentSchemaOf(projection),
    events: narrow === undefined ? events : events.flatMap((event) => narrowed(event, narrow)),
  }));
  const caches = await foldOver(client, parts);
  const versions = versionsOf(base, projections);
  return new OverlayReader(base, caches, { snapshot, partial: narrow !== undefined, versions });
};

/**
 * Runs a question over the rows of one tenant as they stood at a position: the versions at the last kept moment before it,
 * with the events since then folded over them by the projections themselves. Undefined where no moment near to the
 * position is kept.
 */
export const readPast = async <T>(
  parts: PastParts,
  moment: PastMoment,
  question: (reader: RowReader) => Promise<T>,
): Promise<{ readonly answer: T } | undefined> => {
  const stretch = await nearestOf(parts, moment);
  if (stretch === undefined) return undefined;
  const stored = await eventsIn(parts.store, moment, stretch);
  const client = await parts.pool.connect();
  let broken = false;
  try {
    await client.query(`begin isolation level repeatable read read only; ${lookAt(stretch.from)}`);
    const answer = await question(await readerAt(client, moment, stretch, stored));
    await client.query('commit');
    return { answer };
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
};
