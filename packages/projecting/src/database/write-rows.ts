import type { Changes } from '../fold/changes.ts';
import type { AnyRow, RowShape } from '../fold/row-shape.ts';
import { arrayTypes, encodeArray } from './array-encoding.ts';
import { columnName, tableName } from './names.ts';

/** A statement with its parameters, prepared under its name once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly Buffer[];
}

/** Postgres cuts the names of statements at 63 bytes, so full table names will not do. */
const names = new Map<string, string>();
const prepared = (text: string): string => {
  const known = names.get(text);
  if (known) return known;
  const name = `projecting ${names.size + 1}`;
  names.set(text, name);
  return name;
};

const upsertText = ({ table, columns, types }: RowShape, schema: string): string => {
  const all = columns.map(columnName);
  const key = table.key.map(columnName);
  const parameters = types.map((type, index) => `$${index + 1}::${arrayTypes[type]}`);
  const rest = all.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  return `insert into ${tableName(schema, table)} (${all.join(', ')}) select * from unnest(${parameters.join(', ')})
    on conflict (${key.join(', ')}) do ${rest.length > 0 ? `update set ${rest.join(', ')}` : 'nothing'}`;
};

const removeText = ({ table, keyTypes }: RowShape, schema: string): string => {
  const parameters = keyTypes.map((type, index) => `$${index + 1}::${arrayTypes[type]}`);
  const equal = table.key.map((column, index) => `t.${columnName(column)} = k.v${index}`);
  return `delete from ${tableName(schema, table)} t
    using unnest(${parameters.join(', ')}) as k (${table.key.map((_, index) => `v${index}`).join(', ')})
    where ${equal.join(' and ')}`;
};

const statement = (text: string, values: readonly Buffer[]): Statement => ({ name: prepared(text), text, values });

/** Writes rows, whether they are there or not. */
export const upsert = (shape: RowShape, schema: string, rows: readonly AnyRow[]): Statement =>
  statement(
    upsertText(shape, schema),
    shape.columns.map((column, index) =>
      encodeArray(
        shape.types[index] ?? 'text',
        rows.map((row) => row[column]),
      ),
    ),
  );

/** Removes rows by key. */
export const remove = (shape: RowShape, schema: string, keys: readonly (readonly string[])[]): Statement =>
  statement(
    removeText(shape, schema),
    shape.keyTypes.map((type, index) =>
      encodeArray(
        type,
        keys.map((key) => key[index]),
      ),
    ),
  );

/** The statements for changes; everything is encoded when this returns, so the fold may go on. */
export const statementsFor = (changes: readonly Changes[], schema: string): Statement[] =>
  changes.flatMap(({ cache: { shape }, created, changed, removed }) => [
    ...(removed.length > 0 ? [remove(shape, schema, removed)] : []),
    ...(created.length + changed.length > 0 ? [upsert(shape, schema, [...created, ...changed])] : []),
  ]);
