import { arrayTypes, encodeArray } from '../database/array-encoding.ts';
import { columnName, tableName } from '../database/names.ts';
import { type AnyTable, shapeOf } from '../fold/row-shape.ts';
import type { ColumnType } from '../table.ts';

/** Rows of one table that are asked for, each with the stamp of the version that is known of it, or an empty text. */
export interface Asked {
  readonly table: AnyTable;
  readonly keys: readonly (readonly string[])[];
  readonly stamps: readonly string[];
}

/**
 * Names the state of a projection: its checkpoint row is written anew with every page of rows, and when a rebuild puts
 * others in their place.
 */
export const stampOf = (checkpoint: string): string =>
  `${checkpoint}.projection || ' ' || ${checkpoint}.position || ' ' || ${checkpoint}.xmin::text`;

/** As the database writes the value to a client. */
const asText = (type: ColumnType, column: string): string =>
  type === 'boolean' ? `case ${column} when true then 't' when false then 'f' end` : `${column}::text`;

/**
 * One row for each key: number of the table, number of the key, position and state of the projection, stamp, and the columns. The stamp names the
 * version of a row for as long as the row has not changed; of one that is known by its stamp the columns stay away.
 */
const arm = (schema: string, table: AnyTable, number: number, first: number, width: number): string => {
  const { columns, types, keyTypes } = shapeOf(table);
  const parameters = [...keyTypes, 'text' as const].map((type, index) => `$${first + index}::${arrayTypes[type]}`);
  const names = table.key.map((_, index) => `v${index}`);
  const equal = table.key.map((column, index) => `t.${columnName(column)} = k.v${index}`);
  const texts = columns.map((column, index) => asText(types[index] ?? 'text', `t.${columnName(column)}`));
  const changed = texts.map((text) => `case when version.stamp <> k.stamp then ${text} end`);
  const rest = Array.from({ length: width - columns.length }, () => 'null');
  return `select ${number}, k.n, c.position, c.state, version.stamp, ${[...changed, ...rest].join(', ')}
    from c cross join unnest(${parameters.join(', ')}) with ordinality as k (${names.join(', ')}, stamp, n)
    left join ${tableName(schema, table)} t on ${equal.join(' and ')}
    left join lateral (select t.tableoid::text || '/' || t.xmin::text || t.ctid::text as stamp offset 0) version on true`;
};

/** The statement that reads rows of those tables, in one snapshot; its first parameter is the projection. */
export const hotQuery = (schema: string, tables: readonly AnyTable[]): string => {
  const width = Math.max(...tables.map((table) => shapeOf(table).columns.length));
  let first = 2;
  const arms = tables.map((table, number) => {
    const text = arm(schema, table, number, first, width);
    first += table.key.length + 1;
    return text;
  });
  return `with c as materialized (select position, ${stampOf('p')} as state from projecting.checkpoint p where projection = $1)
    ${arms.join('\n    union all ')}`;
};

/** The parameters that follow the projection. */
export const hotValues = (asked: readonly Asked[]): Buffer[] =>
  asked.flatMap(({ table, keys, stamps }) => [
    ...shapeOf(table).keyTypes.map((type, column) =>
      encodeArray(
        type,
        keys.map((key) => key[column] ?? ''),
      ),
    ),
    encodeArray('text', stamps),
  ]);
