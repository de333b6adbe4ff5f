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

const columnDdl = ([name, { type, nullable }]: [string, Column]): string =>
  `${columnName(name)} ${definitions[type]}${nullable ? '' : ' not null'}`;

const tableDdl = (schema: string, table: AnyTable): string =>
  `create table ${tableName(schema, table)} (${Object.entries<Column>(table.columns).map(columnDdl).join(', ')})`;

/**
 * The columns of a primary key in the order of its index. Where a look-up finds a tenant's rows, the tenant comes last: a
 * first column that is nearly always the same makes the index several times as expensive to build.
 */
const keyColumns = (table: AnyTable): readonly string[] => {
  const [tenant, ...rest]: readonly string[] = table.key;
  const lookups: readonly (readonly string[])[] = Object.values(table.lookups);
  const hasTenantLookup = lookups.some(([first]) => first === tenant);
  return tenant !== undefined && hasTenantLookup ? [...rest, tenant] : table.key;
};

/** The statement that gives a table its primary key. */
export const keyDdl = (schema: string, table: AnyTable): string =>
  `alter table ${tableName(schema, table)} add primary key (${keyColumns(table).map(columnName).join(', ')})`;

const indexDdl = (
  schema: string,
  table: AnyTable,
  lookup: string,
  columns: readonly string[],
  conditions: readonly string[],
): string => {
  const name = snakeCase(`${table.name}By${lookup.charAt(0).toUpperCase()}${lookup.slice(1)}`);
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  return `create index ${quote(name)} on ${tableName(schema, table)} (${columns.map(columnName).join(', ')})${where}`;
};

/** What rows a look-up holds: all, or those in which a boolean column is true. */
const chosenRows = (table: AnyTable, lookup: string): string[] => {
  const chosen: string | undefined = table.partialLookups[lookup];
  return chosen === undefined ? [] : [columnName(chosen)];
};

/** The statement that makes a look-up's index of its own columns. */
const declaredDdl = (schema: string, table: AnyTable, lookup: string): string =>
  indexDdl(schema, table, lookup, table.lookups[lookup] ?? [], chosenRows(table, lookup));

/** The statement that makes the index of a look-up. */
export const lookupDdl = (schema: string, table: AnyTable, lookup: string): string => {
  const own: readonly string[] | undefined = table.indexes[lookup];
  if (!own) return declaredDdl(schema, table, lookup);
  const columns: { readonly [name: string]: Column } = table.columns;
  const known = own.filter((column) => columns[column]?.nullable).map((column) => `${columnName(column)} is not null`);
  return indexDdl(schema, table, lookup, own, [...chosenRows(table, lookup), ...known]);
};

/** Statements that make the schema of a projection under any name, its tables without keys and look-ups. */
export const bareSchemaDdl = (projection: Projection, schema: string): string[] => [
  `create schema ${quote(schema)}`,
  ...projection.tables.map((table) => tableDdl(schema, table)),
];

/** Statements that make the schema of a projection under any name. */
export const schemaDdl = (projection: Projection, schema: string): string[] => [
  ...bareSchemaDdl(projection, schema),
  ...projection.tables.flatMap((table: AnyTable) => [
    keyDdl(schema, table),
    ...Object.keys(table.lookups).map((lookup) => lookupDdl(schema, table, lookup)),
  ]),
];

/** Makes the schema of a projection under any name, empty. Throws when there is one of that name. */
export const createSchema = async (
  client: Pick<pg.ClientBase, 'query'>,
  projection: Projection,
  schema: string,
): Promise<void> => {
  for (const statement of schemaDdl(projection, schema)) await client.query(statement);
};

/** What rows there are and how they are looked up; not how the database finds them, which leaves the rows as they are. */
const declared = (projection: Projection): string[] => [
  ...bareSchemaDdl(projection, 'any'),
  ...projection.tables.flatMap((table: AnyTable) => [
    keyDdl('any', table),
    ...Object.keys(table.lookups).map((lookup) => declaredDdl('any', table, lookup)),
  ]),
];

/** Changes whenever the tables do: rows made under another fingerprint are of no use. */
export const fingerprintOf = (projection: Projection): string =>
  createHash('sha256').update(declared(projection).join(';\n')).digest('hex').slice(0, 32);
