import { projections } from '@headroom/host/operations';
import { createPool } from '@headroom/postgres';
import { type AnyTable, type Column, schemaOf, snakeCase } from '@headroom/projecting';

interface Where {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

const COLUMNS = `
  select table_schema as schema, table_name as table, column_name as column
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
   where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The columns of a database, as `schema.table.column`, in which a text stands; bytes are looked through as well. */
export const columnsWith = async (databaseUrl: string, text: string): Promise<string[]> => {
  const pool = createPool(databaseUrl, { applicationName: 'test', max: 1 });
  try {
    const found: string[] = [];
    const hex = Buffer.from(text, 'utf8').toString('hex');
    for (const { schema, table, column } of (await pool.query<Where>(COLUMNS)).rows) {
      const holds = `position($1 in ${quoted(column)}::text) > 0 or position($2 in ${quoted(column)}::text) > 0`;
      const sql = `select 1 from ${quoted(schema)}.${quoted(table)} where ${holds} limit 1`;
      if ((await pool.query(sql, [text, hex])).rowCount === 1) found.push(`${schema}.${table}.${column}`);
    }
    return found;
  } finally {
    await pool.end();
  }
};

/** The columns of read models that are declared to hold personal data, as `schema.table.column`. */
export const personalColumns: ReadonlySet<string> = new Set(
  projections.flatMap((projection) =>
    (projection.tables as readonly AnyTable[]).flatMap(({ name, columns }) =>
      Object.entries<Column>(columns).flatMap(([column, { personal }]) =>
        personal === true ? [`${schemaOf(projection)}.${snakeCase(name)}.${snakeCase(column)}`] : [],
      ),
    ),
  ),
);
