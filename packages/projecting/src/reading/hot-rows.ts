import { coalesce } from '@headroom/postgres';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { asWritten } from '../database/load-rows.ts';
import { type AnyRow, type AnyTable, joinTexts, shapeOf } from '../fold/row-shape.ts';
import { type Asked, hotQuery, hotValues } from './hot-query.ts';

/** A row that is asked for by primary key. */
export interface Wanted {
  readonly table: AnyTable;
  readonly key: readonly string[];
}

/** Rows in the order asked, or their absence, and the log position for which all of them hold. */
export interface PlacedRows {
  readonly rows: readonly (AnyRow | undefined)[];
  readonly position: number;
  /** As of a reader of that projection alone. */
  readonly snapshot: string;
}

type State = Pick<PlacedRows, 'position' | 'snapshot'>;

interface Version {
  readonly stamp: string;
  readonly row: AnyRow;
  readonly bytes: number;
  /** A state of the projection in which it was found. */
  state: string;
}

/** What is remembered of the rows of a projection, at most. */
const MOST_BYTES = 64 * 1_048_576;
/** What a character of a row takes once it has been made into objects. */
const WEIGHT = 5;

const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
};

/** The rows of one batch of questions, each asked for once. */
class Batch {
  readonly asked = new Map<AnyTable, { ids: string[]; keys: (readonly string[])[]; known: (Version | undefined)[] }>();
  readonly #seen = new Set<string>();

  add(id: string, { table, key }: Wanted, known: Version | undefined): void {
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    let list = this.asked.get(table);
    if (!list) {
      list = { ids: [], keys: [], known: [] };
      this.asked.set(table, list);
    }
    list.ids.push(id);
    list.keys.push(key);
    list.known.push(known);
  }
}

/** Adds the rows that were not looked up, since the projection is in the state in which they are known. */
const addCurrent = (
  rows: Map<string, AnyRow>,
  lists: readonly { readonly ids: readonly string[] }[],
  known: readonly (readonly (Version | undefined)[])[],
  current: readonly (readonly boolean[])[],
): void => {
  for (const [arm, { ids }] of lists.entries())
    for (const [index, id] of ids.entries()) {
      const version = current[arm]?.[index] ? known[arm]?.[index] : undefined;
      if (version !== undefined) rows.set(id, version.row);
    }
};

/**
 * Reads rows of a projection by primary key. The questions of one turn of the event loop go out as one statement, which
 * sees one snapshot and tells its position. Rows that were read before are remembered by the version that Postgres keeps
 * of them: one that has not changed is neither sent nor parsed again, and comes as the same object; while nothing at all
 * was written, it is not looked up either. All are read-only.
 */
export class HotRows {
  readonly #pool: pg.Pool;
  readonly #projection: string;
  readonly #schema: string;
  readonly #versions = new LRUCache<string, Version>({ maxSize: MOST_BYTES, sizeCalculation: ({ bytes }) => bytes });
  readonly #numbers = new Map<AnyTable, number>();
  readonly #texts = new Map<string, string>();
  /** The state of the projection that was seen last. */
  #state = '';
  readonly read: (wanted: readonly Wanted[]) => Promise<PlacedRows | undefined>;

  constructor(pool: pg.Pool, projection: string, schema: string) {
    this.#pool = pool;
    this.#projection = projection;
    this.#schema = schema;
    this.read = coalesce<readonly Wanted[], PlacedRows>({
      keyOf: (wanted) => wanted.map((each) => this.#idOf(each)).join('\n'),
      load: (questions) => this.#load(questions),
    });
  }

  #numberOf(table: AnyTable): number {
    const number = this.#numbers.get(table) ?? this.#numbers.size;
    this.#numbers.set(table, number);
    return number;
  }

  #idOf({ table, key }: Wanted): string {
    return `${this.#numberOf(table)} ${joinTexts(key)}`;
  }

  async #load(questions: readonly (readonly Wanted[])[]): Promise<Map<string, PlacedRows>> {
    const batch = new Batch();
    for (const wanted of questions)
      for (const each of wanted) {
        const id = this.#idOf(each);
        batch.add(id, each, this.#versions.get(id));
      }
    const found = await this.#query(batch);
    const placed = new Map<string, PlacedRows>();
    if (found.state === undefined) return placed;
    const { position, snapshot } = found.state;
    for (const wanted of questions) {
      const ids = wanted.map((each) => this.#idOf(each));
      placed.set(ids.join('\n'), { rows: ids.map((id) => found.rows.get(id)), position, snapshot });
    }
    return placed;
  }

  async #query({ asked }: Batch): Promise<{ readonly rows: Map<string, AnyRow>; readonly state?: State }> {
    const tables = [...asked.keys()].sort((a, b) => this.#numberOf(a) - this.#numberOf(b));
    const lists = tables.map((table) => ({ table, ...(asked.get(table) as { ids: string[] } & Pick<Asked, 'keys'>) }));
    const known = tables.map((table) => asked.get(table)?.known ?? []);
    const told = this.#state;
    const current = known.map((list) => list.map((version) => version?.state === told));
    const values = hotValues(
      lists.map(({ table, keys }, number) => ({
        table,
        keys,
        stamps: (known[number] ?? []).map((version) => version?.stamp ?? ''),
        current: current[number] ?? [],
      })),
    );
    const name = `hot ${this.#schema} ${tables.map((table) => this.#numberOf(table)).join(' ')}`;
    const text = this.#texts.get(name) ?? hotQuery(this.#schema, tables);
    this.#texts.set(name, text);
    const parameters = [this.#projection, told, ...values];
    const query = { name, text, values: parameters, rowMode: 'array' as const, types: asWritten };
    const [first, ...found] = (await this.#pool.query<(string | null)[]>(query)).rows;
    const rows = new Map<string, AnyRow>();
    if (first === undefined) return { rows };
    const state = { position: Number(first[2]), snapshot: first[3] ?? '' };
    this.#state = state.snapshot;
    for (const [arm, number, , , stamp, ...texts] of found) {
      const list = lists[Number(arm)];
      const index = Number(number) - 1;
      const id = list?.ids[index];
      if (list && id !== undefined && stamp != null)
        rows.set(id, this.#rowOf(id, list.table, { stamp, state }, texts, known[Number(arm)]?.[index]));
    }
    if (state.snapshot === told) addCurrent(rows, lists, known, current);
    return { rows, state };
  }

  #rowOf(
    id: string,
    table: AnyTable,
    { stamp, state: { snapshot } }: { readonly stamp: string; readonly state: State },
    texts: readonly (string | null)[],
    known: Version | undefined,
  ): AnyRow {
    if (known?.stamp === stamp) {
      known.state = snapshot;
      return known.row;
    }
    const row = frozen(shapeOf(table).parse(texts));
    const bytes = WEIGHT * texts.reduce((sum, text) => sum + (text?.length ?? 0), 100);
    this.#versions.set(id, { stamp, row, bytes, state: snapshot });
    return row;
  }
}
