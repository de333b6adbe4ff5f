import type { AnyTable } from '../fold/row-shape.ts';
import type { Projection } from '../projection.ts';
import { snakeCase } from '../table.ts';

/** The schema in which the live rows of a projection are. */
export const schemaOf = (projection: Projection): string => snakeCase(projection.name).replaceAll('-', '_');

/** Where a rebuild puts rows until they are complete. */
export const shadowSchemaOf = (projection: Projection): string => `${schemaOf(projection)}__next`;

/** Where the rows are that a rebuild has replaced, until they are dropped. */
export const retiredSchemaOf = (projection: Projection): string => `${schemaOf(projection)}__old`;

export const quote = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

export const columnName = (column: string): string => quote(snakeCase(column));

/** A table by its full name. */
export const tableName = (schema: string, table: AnyTable): string =>
  `${quote(schema)}.${quote(snakeCase(table.name))}`;
