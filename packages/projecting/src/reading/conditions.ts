import { parseText } from '../fold/cell.ts';
import { compareValues } from '../fold/order.ts';
import type { AnyRow, AnyTable } from '../fold/row-shape.ts';
import type { Condition, ListOptions, OrderColumn, OrderValue } from '../reader.ts';
import { orderOf } from '../reader.ts';
import type { ColumnType } from '../table.ts';

/** The type of a column that can be compared; throws for one that is not there, or is json. */
export const comparableType = (table: AnyTable, column: string): ColumnType => {
  const columns: Readonly<Record<string, { readonly type: ColumnType }>> = table.columns;
  const type = columns[column]?.type;
  if (!type) throw new Error(`table ${table.name} has no column ${column}`);
  if (type === 'json') throw new Error(`json column ${column} of table ${table.name} cannot be compared`);
  return type;
};

/** A value that somebody compares a column with, as the column holds it. */
const asHeld = (type: ColumnType, value: string | number | boolean): unknown =>
  typeof value === 'string' ? parseText(type, value) : value;

type Test = (row: AnyRow) => boolean;

/** Whether a row meets a condition, as Postgres would judge it. */
export const testOf = (table: AnyTable, condition: Condition): Test => {
  const { column } = condition;
  const type = comparableType(table, column);
  if ('in' in condition) {
    const values = new Set(condition.in.map((value) => asHeld(type, value)));
    return (row) => values.has(row[column]);
  }
  if ('equals' in condition) {
    const value = condition.equals === null ? null : asHeld(type, condition.equals);
    return (row) => row[column] === value;
  }
  const from = condition.from === undefined ? undefined : asHeld(type, condition.from);
  const to = condition.to === undefined ? undefined : asHeld(type, condition.to);
  return (row) => {
    const value = row[column];
    if (value === null) return from === undefined && to === undefined;
    return (
      (from === undefined || compareValues(value, from) >= 0) && (to === undefined || compareValues(value, to) < 0)
    );
  };
};

/** Null counts as the greatest value, as in Postgres. */
const compareNullable = (a: unknown, b: unknown): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareValues(a, b);
};

export const compareBy =
  (order: readonly OrderColumn[]) =>
  (a: AnyRow, b: AnyRow): number => {
    for (const { column, descending } of order) {
      const difference = compareNullable(a[column], b[column]);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  };

/** The order of a list and the row that it goes on behind, if any; throws when `after` does not fit the order. */
export const pagingOf = (
  table: AnyTable,
  options: ListOptions,
): { readonly order: OrderColumn[]; readonly after: readonly OrderValue[] | undefined } => {
  const order = orderOf(table, options.orderBy);
  for (const { column } of order) comparableType(table, column);
  const { after } = options;
  if (after && after.length !== order.length)
    throw new Error(`a list of ${table.name} in this order goes on after ${order.length} values, not ${after.length}`);
  return { order, after };
};

/** The values that a list goes on behind, as a row. */
export const rowOf = (table: AnyTable, order: readonly OrderColumn[], after: readonly OrderValue[]): AnyRow =>
  Object.fromEntries(
    order.map(({ column }, index) => {
      const value = after[index] ?? null;
      return [column, value === null ? null : asHeld(comparableType(table, column), value)];
    }),
  );
