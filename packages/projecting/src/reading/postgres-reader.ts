import type pg from 'pg';
import { arrayTypes } from '../database/array-encoding.ts';
import { asWritten } from '../database/load-rows.ts';
import { columnName, tableName } from '../database/names.ts';
import { type AnyRow, type AnyTable, shapeOf } from '../fold/row-shape.ts';
import type { Condition, ListOptions, OrderColumn, OrderValue, RowReader } from '../reader.ts';
import type { ColumnType, Table } from '../table.ts';
import { comparableType, pagingOf } from './conditions.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Gathers the parameters of a statement. */
class Parameters {
  readonly values: unknown[] = [];

  /** The place of a value that is compared with a column of a type. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** The type of a column as a parameter has it. */
const scalar = (type: ColumnType): string => arrayTypes[type].slice(0, -2);

const conditionSql = (table: AnyTable, condition: Condition, parameters: Parameters): string => {
  const name = columnName(condition.column);
  const type = comparableType(table, condition.column);
  if ('in' in condition) return `${name} = any(${parameters.add(condition.in, arrayTypes[type])})`;
  if ('equals' in condition)
    return condition.equals === null
      ? `${name} is null`
      : `${name} = ${parameters.add(condition.equals, scalar(type))}`;
  const bounds = [
    ...(condition.from === undefined ? [] : [`${name} >= ${parameters.add(condition.from, scalar(type))}`]),
    ...(condition.to === undefined ? [] : [`${name} < ${parameters.add(condition.to, scalar(type))}`]),
  ];
  return bounds.length > 0 ? bounds.join(' and ') : 'true';
};

/** Rows behind a value of one column, where null counts as the greatest. */
const behind = (name: string, value: OrderValue, place: string, descending: boolean): string => {
  if (descending) return value === null ? `${name} is not null` : `${name} < ${place}`;
  return value === null ? 'false' : `(${name} > ${place} or ${name} is null)`;
};

/** Rows behind those values in an order whose columns may run in different directions. */
const afterSql = (
  table: AnyTable,
  order: readonly OrderColumn[],
  after: readonly OrderValue[],
  parameters: Parameters,
): string => {
  const alternatives: string[] = [];
  const equal: string[] = [];
  for (const [index, { column, descending = false }] of order.entries()) {
    const value = after[index] ?? null;
    const name = columnName(column);
    const place = value === null ? 'null' : parameters.add(value, scalar(comparableType(table, column)));
    alternatives.push([...equal, behind(name, value, place, descending)].join(' and '));
    equal.push(value === null ? `${name} is null` : `${name} = ${place}`);
  }
  return `(${alternatives.map((alternative) => `(${alternative})`).join(' or ')})`;
};

const listSql = (table: AnyTable, from: string, options: ListOptions): { text: string; values: unknown[] } => {
  const parameters = new Parameters();
  const conditions = options.where.map((condition) => conditionSql(table, condition, parameters));
  const { order, after } = pagingOf(table, options);
  if (after) conditions.push(afterSql(table, order, after, parameters));
  const sorted = order.map(({ column, descending }) => `${columnName(column)}${descending ? ' desc' : ''}`).join(', ');
  const limit = parameters.add(options.limit, 'bigint');
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  return { text: `select ${from}${where} order by ${sorted} limit ${limit}`, values: parameters.values };
};

/** Reads rows out of Postgres, in the transaction that the client is in. */
export class PostgresReader implements RowReader {
  readonly position: number;
  readonly #client: Queryable;
  readonly #schemaOf: (table: AnyTable) => string;
  /** Questions may ask for several things at once; a connection takes one query after the other. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(client: Queryable, position: number, schemaOf: (table: AnyTable) => string) {
    this.#client = client;
    this.position = position;
    this.#schemaOf = schemaOf;
  }

  async get<Row extends object>(table: Table<Row>, ...key: readonly string[]): Promise<Row | undefined> {
    const conditions = table.key.map((column, index) => `${columnName(column)} = $${index + 1}`);
    const text = `select ${this.#from(table as AnyTable)} where ${conditions.join(' and ')}`;
    const [row] = await this.#rows(table as AnyTable, text, key);
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
    const parameters = new Parameters();
    const sql = conditions.map((condition) => conditionSql(table as AnyTable, condition, parameters)).join(' and ');
    const order = table.key.map(columnName).join(', ');
    const text = `select ${this.#from(table as AnyTable)} where ${sql} order by ${order}`;
    return (await this.#rows(table as AnyTable, text, parameters.values)) as Row[];
  }

  async list<Row extends object>(table: Table<Row>, options: ListOptions): Promise<Row[]> {
    const { text, values } = listSql(table as AnyTable, this.#from(table as AnyTable), options);
    return (await this.#rows(table as AnyTable, text, values)) as Row[];
  }

  #from(table: AnyTable): string {
    return `${shapeOf(table).columns.map(columnName).join(', ')} from ${tableName(this.#schemaOf(table), table)}`;
  }

  async #rows(table: AnyTable, text: string, values: readonly unknown[]): Promise<AnyRow[]> {
    const query = { text, values: [...values], rowMode: 'array' as const, types: asWritten };
    const answered = this.#before.then(() => this.#client.query<(string | null)[]>(query));
    this.#before = answered.catch(() => undefined);
    const { rows } = await answered;
    const { parse } = shapeOf(table);
    return rows.map(parse);
  }
}
