import type pg from 'pg';
import { asWritten } from '../database/load-rows.ts';
import { type AnyRow, type AnyTable, shapeOf } from '../fold/row-shape.ts';
import type { Condition, ListOptions, RowReader } from '../reader.ts';
import type { Table } from '../table.ts';
import { comparableType, pagingOf } from './conditions.ts';
import { type Selection, selectSql } from './select-sql.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Names of statements, so that each connection plans a question once: there are as many as questions have forms. */
const names = new Map<string, string>();
const MOST_NAMES = 1_000;

/** Undefined when there are too many: what is left is planned each time. */
const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `read ${names.size}`;
  names.set(text, name);
  return name;
};

/** Reads rows out of Postgres, in the transaction that the client is in. */
export class PostgresReader implements RowReader {
  readonly position: number;
  readonly snapshot: string;
  readonly #client: Queryable;
  readonly #schemaOf: (table: AnyTable) => string;
  /** Questions may ask for several things at once; a connection takes one query after the other. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(
    client: Queryable,
    { position, snapshot }: Pick<RowReader, 'position' | 'snapshot'>,
    schemaOf: (table: AnyTable) => string,
  ) {
    this.#client = client;
    this.position = position;
    this.snapshot = snapshot;
    this.#schemaOf = schemaOf;
  }

  async get<Row extends object>(table: Table<Row>, ...key: readonly string[]): Promise<Row | undefined> {
    const conditions = table.key.map((column, index) => ({ column, equals: key[index] ?? '' }));
    const [row] = await this.#rows(table as AnyTable, { conditions });
    return row as Row | undefined;
  }

  async where<Row extends object>(
    table: Table<Row>,
    lookup: string,
    values: readonly string[],
    range: { readonly from?: string; readonly to?: string } = {},
  ): Promise<Row[]> {
    const columns: readonly string[] | undefined = table.lookups[lookup];
    if (!columns || lookup in table.partialLookups || values.length < 1 || values.length > columns.length)
      throw new Error(`table ${table.name} has no look-up ${lookup} of ${values.length} values`);
    const conditions: Condition[] = values.map((value, index) => ({ column: columns[index] ?? '', equals: value }));
    if (range.from !== undefined || range.to !== undefined) {
      const column = columns[values.length];
      if (column === undefined) throw new Error(`look-up ${lookup} has no column left for a range`);
      conditions.push({ column, ...range });
    }
    const order = table.key.map((column) => ({ column }));
    return (await this.#list(table as AnyTable, { conditions, order })) as Row[];
  }

  async list<Row extends object>(table: Table<Row>, options: ListOptions): Promise<Row[]> {
    const { order, after } = pagingOf(table as AnyTable, options);
    const { where: conditions, limit } = options;
    return (await this.#list(table as AnyTable, { conditions, order, after, limit })) as Row[];
  }

  #list(table: AnyTable, selection: Selection): Promise<AnyRow[]> {
    for (const { column } of [...selection.conditions, ...(selection.order ?? [])]) comparableType(table, column);
    return this.#rows(table, selection);
  }

  /** The rows of a query of its own, as texts. */
  texts(text: string, values: readonly string[]): Promise<(string | null)[][]> {
    return this.#inTurn({ text, values: [...values], rowMode: 'array', types: asWritten });
  }

  async #rows(table: AnyTable, selection: Selection): Promise<AnyRow[]> {
    const { text, values } = selectSql(this.#schemaOf(table), table, selection);
    const name = nameOf(text);
    const query = { ...(name && { name }), text, values, rowMode: 'array' as const, types: asWritten };
    const rows = await this.#inTurn(query);
    const { parse } = shapeOf(table);
    return rows.map(parse);
  }

  async #inTurn(query: pg.QueryArrayConfig): Promise<(string | null)[][]> {
    const answered = this.#before.then(() => this.#client.query<(string | null)[]>(query));
    this.#before = answered.catch(() => undefined);
    return (await answered).rows;
  }
}
