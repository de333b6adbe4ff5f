import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { AnyTable } from '../fold/row-shape.ts';
import type { Projection } from '../projection.ts';
import { type Column, type ColumnType, snakeCase } from '../table.ts';
import { columnName, quote, tableName } from './names.ts';

/** Texts order by code points, on every server alike; `json` keeps what was written to the byte. */
const definitions: { readonly [Type in ColumnType]: string } = {
  text: 'text collate "C"',
  integer: 'bigint',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
  json: 'json',
};

export interface SchemaOptions {
  /** Only the look-ups that the fold uses; `lookupDdl` makes the others later. */
  readonly foldLookupsOnly?: boolean;
}

const columnDdl = ([name, { type, nullable }]: [string, Column]): string =>
  `${columnName(name)} ${definitions[type]}${nullable ? '' : ' not null'}`;

const tableDdl = (schema: string, table: AnyTable): string => {
  const columns = Object.entries<Column>(table.columns).map(columnDdl);
  const key = `primary key (${table.key.map(columnName).join(', ')})`;
  return `create table ${tableName(schema, table)} (${[...columns, key].join(', ')})`;
};

const indexDdl = (schema: string, table: AnyTable, lookup: string, columns: readonly string[]): string =>
  `create index ${quote(snakeCase(`${table.name}By${lookup.charAt(0).toUpperCase()}${lookup.slice(1)}`))}
   on ${tableName(schema, table)} (${columns.map(columnName).join(', ')})`;

/** Statements that make the look-ups of a projection: those that its fold uses, or the others. */
export const lookupDdl = (projection: Projection, schema: string, which: 'fold' | 'other'): string[] =>
  projection.tables.flatMap((table) =>
    Object.entries<readonly string[]>(table.lookups)
      .filter(([lookup]) => table.foldLookups.includes(lookup) === (which === 'fold'))
      .map(([lookup, columns]) => indexDdl(schema, table, lookup, columns)),
  );

/** Statements that make the schema of a projection under any name. */
export const schemaDdl = (projection: Projection, schema: string, options: SchemaOptions = {}): string[] => [
  `create schema ${quote(schema)}`,
  ...projection.tables.map((table) => tableDdl(schema, table)),
  ...lookupDdl(projection, schema, 'fold'),
  ...(options.foldLookupsOnly ? [] : lookupDdl(projection, schema, 'other')),
];

/** Makes the schema of a projection under any name, empty. Throws when there is one of that name. */
export const createSchema = async (
  client: Pick<pg.ClientBase, 'query'>,
  projection: Projection,
  schema: string,
  options: SchemaOptions = {},
): Promise<void> => {
  for (const statement of schemaDdl(projection, schema, options)) await client.query(statement);
};

/** Changes whenever the tables do: rows made under another fingerprint are of no use. */
export const fingerprintOf = (projection: Projection): string =>
  createHash('sha256').update(schemaDdl(projection, 'any').join(';\n')).digest('hex').slice(0, 32);
