import { type AnyDatabase, queryBuilder } from '@headroom/postgres';
import type { ExpressionBuilder, ExpressionWrapper, SelectQueryBuilder, SqlBool } from 'kysely';
import type pg from 'pg';
import { asWritten } from '../database/load-rows.ts';
import { type AnyRow, type AnyTable, shapeOf } from '../fold/row-shape.ts';
import type { Condition, ListOptions, OrderColumn, OrderValue, RowReader } from '../reader.ts';
import { snakeCase, type Table } from '../table.ts';
import { comparableType, pagingOf } from './conditions.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;
type Query = SelectQueryBuilder<AnyDatabase, string, Record<string, unknown>>;
type Expressions = ExpressionBuilder<AnyDatabase, string>;
type Truth = ExpressionWrapper<AnyDatabase, string, SqlBool>;

const restricted = (query: Query, condition: Condition): Query => {
  const column = snakeCase(condition.column);
  if ('in' in condition) return query.where(({ eb, fn, val }) => eb(column, '=', fn.any(val([...condition.in]))));
  if ('equals' in condition)
    return condition.equals === null ? query.where(column, 'is', null) : query.where(column, '=', condition.equals);
  const from = condition.from === undefined ? query : query.where(column, '>=', condition.from);
  return condition.to === undefined ? from : from.where(column, '<', condition.to);
};

/** Rows behind a value of one column, where null counts as the greatest. */
const behind = (eb: Expressions, { column, descending = false }: OrderColumn, value: OrderValue): Truth => {
  const name = snakeCase(column);
  if (descending) return value === null ? eb(name, 'is not', null) : eb(name, '<', value);
  if (value === null) return eb.and([eb.lit(false)]) as Truth;
  return eb.or([eb(name, '>', value), eb(name, 'is', null)]) as Truth;
};

/** Rows behind those values in an order whose columns may run in different directions. */
const behindAll = (eb: Expressions, order: readonly OrderColumn[], after: readonly OrderValue[]) => {
  const equal: Truth[] = [];
  return eb.or(
    order.map((each, index) => {
      const value = after[index] ?? null;
      const alternative = eb.and([...equal, behind(eb, each, value)]);
      const name = snakeCase(each.column);
      equal.push(value === null ? eb(name, 'is', null) : eb(name, '=', value));
      return alternative;
    }),
  );
};

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
    const [row] = await this.#rows(table as AnyTable, conditions.reduce(restricted, this.#from(table as AnyTable)));
    return row as Row | undefined;
  }

  async where<Row extends object>(
    table: Table<Row>,
    lookup: string,
    values: readonly string[],
    range: { readonly from?: string; readonly to?: string } = {},
  ): Promise<Row[]> {
    const columns: readonly string[] | undefined = table.lookups[lookup];
    if (!columns || values.length < 1 || values.length > columns.length)
      throw new Error(`table ${table.name} has no look-up ${lookup} of ${values.length} values`);
    const conditions: Condition[] = values.map((value, index) => ({ column: columns[index] ?? '', equals: value }));
    if (range.from !== undefined || range.to !== undefined) {
      const column = columns[values.length];
      if (column === undefined) throw new Error(`look-up ${lookup} has no column left for a range`);
      conditions.push({ column, ...range });
    }
    const order = table.key.map((column) => ({ column }));
    return (await this.#list(table as AnyTable, conditions, order)) as Row[];
  }

  async list<Row extends object>(table: Table<Row>, options: ListOptions): Promise<Row[]> {
    const { order, after } = pagingOf(table as AnyTable, options);
    const rows = await this.#list(table as AnyTable, options.where, order, (query) => {
      const behindLast = after === undefined ? query : query.where((eb) => behindAll(eb, order, after));
      return options.limit === undefined ? behindLast : behindLast.limit(options.limit);
    });
    return rows as Row[];
  }

  #list(
    table: AnyTable,
    conditions: readonly Condition[],
    order: readonly OrderColumn[],
    page: (query: Query) => Query = (query) => query,
  ): Promise<AnyRow[]> {
    for (const { column } of [...conditions, ...order]) comparableType(table, column);
    const found = page(conditions.reduce(restricted, this.#from(table)));
    const sorted = order.reduce(
      (query, { column, descending = false }) => query.orderBy(snakeCase(column), descending ? 'desc' : 'asc'),
      found,
    );
    return this.#rows(table, sorted);
  }

  #from(table: AnyTable): Query {
    return queryBuilder
      .withSchema(this.#schemaOf(table))
      .selectFrom(snakeCase(table.name))
      .select(shapeOf(table).columns.map(snakeCase)) as Query;
  }

  async #rows(table: AnyTable, built: Query): Promise<AnyRow[]> {
    const { sql: text, parameters } = built.compile();
    const name = nameOf(text);
    const query = { ...(name && { name }), text, values: [...parameters], rowMode: 'array' as const, types: asWritten };
    const answered = this.#before.then(() => this.#client.query<(string | null)[]>(query));
    this.#before = answered.catch(() => undefined);
    const { rows } = await answered;
    const { parse } = shapeOf(table);
    return rows.map(parse);
  }
}
