import { arrayTypes, encodeArray } from '../database/array-encoding.ts';
import { columnName, tableName } from '../database/names.ts';
import type { Changes } from '../fold/changes.ts';
import { type AnyRow, keyOf, type RowShape } from '../fold/row-shape.ts';
import { FOR_EVER } from './past-schema.ts';

interface Statement {
  readonly text: string;
  readonly values: Buffer[];
}

const parametersOf = (types: readonly (keyof typeof arrayTypes)[]): string =>
  types.map((type, index) => `$${index + 1}::${arrayTypes[type]}`).join(', ');

/** The versions in force of these rows end at the position. */
const ended = (
  { table, keyTypes }: RowShape,
  schema: string,
  keys: readonly (readonly string[])[],
  position: number,
) => {
  const equal = table.key.map((column, index) => `v.${columnName(column)} = k.v${index}`);
  return {
    text: `update ${tableName(schema, table)} v set kept_until = ${position}
      from unnest(${parametersOf(keyTypes)}) as k (${table.key.map((_, index) => `v${index}`).join(', ')})
      where ${equal.join(' and ')} and v.kept_until = ${FOR_EVER}`,
    values: keyTypes.map((type, index) =>
      encodeArray(
        type,
        keys.map((key) => key[index]),
      ),
    ),
  };
};

/** Versions of these rows begin at the position. */
const begun = ({ table, columns, types }: RowShape, schema: string, rows: readonly AnyRow[], position: number) => ({
  text: `insert into ${tableName(schema, table)} (${columns.map(columnName).join(', ')}, kept_from, kept_until)
    select u.*, ${position}, ${FOR_EVER} from unnest(${parametersOf(types)}) u`,
  values: columns.map((column, index) =>
    encodeArray(
      types[index] ?? 'text',
      rows.map((row) => row[column]),
    ),
  ),
});

/** The statements that keep what rows have become by a position; everything is encoded when this returns. */
export const versionStatements = (changes: readonly Changes[], schema: string, position: number): Statement[] =>
  changes.flatMap(({ cache: { shape }, created, changed, removed }) => {
    const keys = changed.map((row) => keyOf(row.tenantId as string, shape.restOf(row), shape.keyTypes.length));
    const over = [...keys, ...removed];
    const rows = [...created, ...changed];
    return [
      ...(over.length > 0 ? [ended(shape, schema, over, position)] : []),
      ...(rows.length > 0 ? [begun(shape, schema, rows, position)] : []),
    ];
  });
