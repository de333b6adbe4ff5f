import type { EventStore } from '@headroom/event-store';
import { coalesce } from '@headroom/postgres';
import type pg from 'pg';
import { schemaOf, tableName } from '../database/names.ts';
import type { AnyTable } from '../fold/row-shape.ts';
import { readPast } from '../past/read-past.ts';
import type { Projection } from '../projection.ts';
import type { ReadModels, RowReader } from '../reader.ts';
import { supposeOver } from '../supposing/suppose.ts';
import type { Table } from '../table.ts';
import { stampOf } from './hot-query.ts';
import { HotRows, type Wanted } from './hot-rows.ts';
import { openPart } from './log-part.ts';
import { causeOf, NotProjected } from './not-projected.ts';
import { Positions } from './positions.ts';
import { PostgresReader } from './postgres-reader.ts';
import { Snapshots } from './snapshots.ts';

export interface ReadModelsOptions {
  /** Of the database of the read models. Its sessions are in UTC, as those of `createPool` are. */
  readonly pool: pg.Pool;
  /** The same database, for listening. */
  readonly connectionString: string;
  /** The log, for answers about the past. */
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  /** At which positions versions of rows are kept, where that is not usual. */
  readonly pastEvery?: number | undefined;
}

export interface OpenReadModels extends ReadModels {
  /** Ends the listening; the pool and the store are the caller's. */
  close(): Promise<void>;
}

/** Which projection every table belongs to. */
class Catalog {
  readonly #byName: ReadonlyMap<string, Projection>;
  readonly #schemas = new Map<AnyTable, string>();

  constructor(projections: readonly Projection[]) {
    this.#byName = new Map(projections.map((projection) => [projection.name, projection]));
    for (const projection of projections)
      for (const table of projection.tables) this.#schemas.set(table, schemaOf(projection));
  }

  projections(names: readonly string[]): Projection[] {
    return names.map((name) => {
      const projection = this.#byName.get(name);
      if (!projection) throw new Error(`there is no projection ${name}`);
      return projection;
    });
  }

  schemaOf(table: AnyTable): string {
    const schema = this.#schemas.get(table);
    if (schema === undefined) throw new Error(`table ${table.name} belongs to no projection`);
    return schema;
  }
}

/**
 * Opens a snapshot. The tables are locked first, against nothing but being replaced: a snapshot taken before would let
 * a rebuild put its tables in their place, and show them half filled.
 */
const openingSql = (projections: readonly Projection[]): string => {
  const tables = projections.flatMap((projection) =>
    projection.tables.map((table) => tableName(schemaOf(projection), table)),
  );
  const names = projections.map(({ name }) => `'${name.replaceAll("'", "''")}'`).join(', ');
  return `begin isolation level repeatable read read only;
    lock table ${tables.sort().join(', ')} in access share mode;
    select count(*)::int as count, min(position) as position, string_agg(${stampOf('checkpoint')}, ',' order by projection collate "C")
      as snapshot from projecting.checkpoint where projection in (${names})`;
};

interface Opened {
  readonly count: number;
  readonly position: number;
  readonly snapshot: string;
}

const openSnapshot = async (client: pg.PoolClient, sql: string, projections: number) => {
  const results = (await client.query(sql)) as unknown as pg.QueryResult<Opened>[];
  const [row] = results.at(-1)?.rows ?? [];
  if (row?.count !== projections) throw new NotProjected('a projection has no checkpoint yet');
  return row;
};

/** Where questions get their rows from: live out of Postgres, or folded in memory as they once were. */
export const createReadModels = (options: ReadModelsOptions): OpenReadModels => {
  const { pool, connectionString, store, projections } = options;
  const past = { pool, store, every: options.pastEvery };
  const catalog = new Catalog(projections);
  const positions = new Positions(pool, connectionString);
  const snapshots = new Snapshots(store);
  const openings = new Map<string, string>();
  const hot = new Map<string, HotRows>();

  const inSnapshot = async <T>(
    names: readonly string[],
    question: (reader: RowReader, client: pg.PoolClient) => Promise<T>,
  ): Promise<T> => {
    const id = names.join(' ');
    const sql = openings.get(id) ?? openingSql(catalog.projections(names));
    openings.set(id, sql);
    const client = await pool.connect();
    let broken = false;
    try {
      const opened = await openSnapshot(client, sql, names.length);
      const reader = new PostgresReader(client, opened, (table) => catalog.schemaOf(table));
      const answer = await question(reader, client);
      await client.query('commit');
      return answer;
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true;
      });
      throw await causeOf(client, catalog.projections(names), error);
    } finally {
      client.release(broken);
    }
  };

  const states = coalesce<string, string>({
    keyOf: (name) => name,
    load: async (names) => {
      const { rows } = await pool.query<{ readonly projection: string; readonly state: string }>({
        name: 'states of projections',
        text: `select projection, ${stampOf('checkpoint')} as state from projecting.checkpoint where projection = any($1)`,
        values: [names],
      });
      return new Map(rows.map(({ projection, state }) => [projection, state]));
    },
  });

  const snapshot = async (names: readonly string[]): Promise<string> => {
    const found = await Promise.all([...names].sort().map(states));
    if (found.includes(undefined)) throw new NotProjected('a projection has no checkpoint yet');
    return found.join(',');
  };

  const hotOf = (name: string): HotRows => {
    const known = hot.get(name);
    if (known) return known;
    const [projection] = catalog.projections([name]);
    const made = new HotRows(pool, name, projection ? schemaOf(projection) : '');
    hot.set(name, made);
    return made;
  };

  const rows = async (name: string, ...wanted: readonly Wanted[]) => {
    const placed = await hotOf(name)
      .read(wanted)
      .catch(async (error: unknown) => {
        throw await causeOf(pool, catalog.projections([name]), error);
      });
    if (!placed) throw new NotProjected(`projection ${name} has no checkpoint yet`);
    positions.note(name, placed.position);
    return placed;
  };

  const row = async <Row extends object>(name: string, table: Table<Row>, ...key: readonly string[]) => {
    const placed = await rows(name, { table: table as AnyTable, key });
    const { position, snapshot } = placed;
    return { row: placed.rows[0] as Row | undefined, position, snapshot };
  };

  return {
    live: (names, question) => inSnapshot(names, question),
    supposing: (names, tenantId, question) =>
      inSnapshot(names, (reader, client) =>
        question(reader, (events) => supposeOver(client, reader, catalog.projections(names), tenantId, events)),
      ),
    snapshot,
    rows: rows as unknown as ReadModels['rows'],
    row,
    at: async (names, tenantId, position, question) => {
      const asked = { projections: catalog.projections(names), tenantId, position };
      const near = await readPast(past, asked, question);
      if (near !== undefined) return near.answer;
      return snapshots.read(asked.projections, tenantId, position, (model) => question(model.reader()));
    },
    near: (names, moment, question) => readPast(past, { projections: catalog.projections(names), ...moment }, question),
    part: (names, _tenantId, wanted) => openPart(store, catalog.projections(names), wanted),
    caughtUp: (names, position, waitMs) => positions.wait(names, position, waitMs),
    close: () => positions.close(),
  };
};
