import { arrayTypes, encodeArray } from '../database/array-encoding.ts';
import { columnName, tableName } from '../database/names.ts';
import { type AnyTable, shapeOf } from '../fold/row-shape.ts';
import type { ColumnType } from '../table.ts';

/** Rows of one table that are asked for, each with the stamp of the version that is known of it, or an empty text. */
export interface Asked {
  readonly table: AnyTable;
  readonly keys: readonly (readonly string[])[];
  readonly stamps: readonly string[];
  /** Which of those versions were found in the very state of the projection that the statement is told. */
  readonly current: readonly boolean[];
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
 * A row for each key: number of the table, number of the key, stamp, and the columns. The stamp names the version of a row
 * for as long as the row has not changed; of one that is known by its stamp the columns stay away. What is known in the
 * state that the projection is still in is not looked up at all.
 */
const arm = (schema: string, table: AnyTable, number: number, first: number, width: number): string => {
  const { columns, types, keyTypes } = shapeOf(table);
  const parameters = [...keyTypes, 'text' as const, 'boolean' as const].map(
    (type, index) => `$${first + index}::${arrayTypes[type]}`,
  );
  const names = table.key.map((_, index) => `v${index}`);
  const equal = table.key.map((column, index) => `t.${columnName(column)} = k.v${index}`);
  const texts = columns.map((column, index) => asText(types[index] ?? 'text', `t.${columnName(column)}`));
  const changed = texts.map((text) => `case when version.stamp <> k.stamp then ${text} end`);
  const rest = Array.from({ length: width - columns.length }, () => 'null');
  return `select ${number}, k.n, null, null, version.stamp, ${[...changed, ...rest].join(', ')}
    from c cross join unnest(${parameters.join(', ')}) with ordinality as k (${names.join(', ')}, stamp, is_current, n)
    left join ${tableName(schema, table)} t on ${equal.join(' and ')}
    left join lateral (select t.tableoid::text || '/' || t.xmin::text || t.ctid::text as stamp offset 0) version on true
    where not (k.is_current and c.state = $2)`;
};

/**
 * The statement that reads rows of those tables, in one snapshot. Its first row has position and state of the projection
 * (there is none without a checkpoint); its first parameters are the projection, and the state in which rows are known.
 */
export const hotQuery = (schema: string, tables: readonly AnyTable[]): string => {
  const width = Math.max(...tables.map((table) => shapeOf(table).columns.length));
  let first = 3;
  const arms = tables.map((table, number) => {
    const text = arm(schema, table, number, first, width);
    first += table.key.length + 2;
    return text;
  });
  return `with c as materialized (select position, ${stampOf('p')} as state from projecting.checkpoint p where projection = $1)
    select -1, 0::bigint, c.position, c.state, null, ${Array.from({ length: width }, () => 'null').join(', ')} from c
    union all ${arms.join('\n    union all ')}`;
};

/** The parameters that follow projection and state. */
export const hotValues = (asked: readonly Asked[]): Buffer[] =>
  asked.flatMap(({ table, keys, stamps, current }) => [
    ...shapeOf(table).keyTypes.map((type, column) =>
      encodeArray(
        type,
        keys.map((key) => key[column] ?? ''),
      ),
    ),
    encodeArray('text', stamps),
    encodeArray('boolean', current),
  ]);
