import { columnName, tableName } from '../database/names.ts';
import { type AnyTable, shapeOf } from '../fold/row-shape.ts';
import type { Condition, OrderColumn, OrderValue } from '../reader.ts';

/** Which rows of a table are wanted, and in what order. */
export interface Selection {
  readonly conditions: readonly Condition[];
  readonly order?: readonly OrderColumn[];
  /** The values of the order columns that the list goes on behind. */
  readonly after?: readonly OrderValue[] | undefined;
  readonly limit?: number | undefined;
}

/** Gathers parameters, and gives the places where they stand. */
class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

const conditionSql = (condition: Condition, parameters: Parameters): string[] => {
  const column = columnName(condition.column);
  if ('in' in condition) return [`${column} = any(${parameters.add([...condition.in])})`];
  if ('equals' in condition) {
    const { equals } = condition;
    if (equals === null) return [`${column} is null`];
    // As a literal: a look-up of those rows alone serves a statement that says so whatever its parameters.
    return [`${column} = ${typeof equals === 'boolean' ? equals : parameters.add(equals)}`];
  }
  return [
    ...(condition.from === undefined ? [] : [`${column} >= ${parameters.add(condition.from)}`]),
    ...(condition.to === undefined ? [] : [`${column} < ${parameters.add(condition.to)}`]),
  ];
};

/** Rows behind a value of one column, where null counts as the greatest. */
const behind = ({ column, descending = false }: OrderColumn, value: OrderValue, parameters: Parameters): string => {
  const name = columnName(column);
  if (descending) return value === null ? `${name} is not null` : `${name} < ${parameters.add(value)}`;
  return value === null ? 'false' : `(${name} > ${parameters.add(value)} or ${name} is null)`;
};

/** Rows behind those values in an order whose columns may run in different directions. */
const behindAll = (order: readonly OrderColumn[], after: readonly OrderValue[], parameters: Parameters): string => {
  const alternatives = order.map((each, index) => {
    const equal = order.slice(0, index).map(({ column }, before) => {
      const value = after[before] ?? null;
      return value === null ? `${columnName(column)} is null` : `${columnName(column)} = ${parameters.add(value)}`;
    });
    return [...equal, behind(each, after[index] ?? null, parameters)].join(' and ');
  });
  return `(${alternatives.map((alternative) => `(${alternative})`).join(' or ')})`;
};

const heads = new WeakMap<AnyTable, Map<string, string>>();

/** What every selection of a table begins with; there are as many as schemas hold it. */
const headOf = (schema: string, table: AnyTable): string => {
  const known = heads.get(table) ?? new Map<string, string>();
  heads.set(table, known);
  const head = known.get(schema);
  if (head !== undefined) return head;
  const made = `select ${shapeOf(table).columns.map(columnName).join(', ')} from ${tableName(schema, table)}`;
  known.set(schema, made);
  return made;
};

/** The statement that selects rows of a table, all columns in the order of its shape, and its parameters. */
export const selectSql = (
  schema: string,
  table: AnyTable,
  { conditions, order = [], after, limit }: Selection,
): { readonly text: string; readonly values: unknown[] } => {
  const parameters = new Parameters();
  const where = conditions.flatMap((condition) => conditionSql(condition, parameters));
  if (after !== undefined) where.push(behindAll(order, after, parameters));
  const sorted = order.map(({ column, descending = false }) => `${columnName(column)}${descending ? ' desc' : ''}`);
  const text = [
    headOf(schema, table),
    ...(where.length === 0 ? [] : [`where ${where.join(' and ')}`]),
    ...(sorted.length === 0 ? [] : [`order by ${sorted.join(', ')}`]),
    ...(limit === undefined ? [] : [`limit ${parameters.add(limit)}`]),
  ].join(' ');
  return { text, values: parameters.values };
};
