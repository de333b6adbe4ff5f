import type pg from 'pg';
import { columnName, schemaOf, shadowSchemaOf, tableName } from '../database/names.ts';
import { type AnyTable, shapeOf } from '../fold/row-shape.ts';
import type { Projection } from '../projection.ts';
import { scopeSql, type TouchedRows } from './row-scope.ts';

/** A row that a rebuild made otherwise than the live fold had. */
export interface RowDifference {
  readonly key: readonly string[];
  readonly kind: 'only-live' | 'only-rebuilt' | 'changed';
  /** Columns that differ. */
  readonly columns: readonly string[];
}

/** How the rows of one table differ; `rows` are the first of them. */
export interface TableDifference {
  readonly projection: string;
  readonly table: string;
  readonly count: number;
  readonly rows: readonly RowDifference[];
}

const SAMPLE = 20;

interface Found {
  readonly total: number;
  readonly key: string[];
  readonly kind: RowDifference['kind'];
  readonly columns: string[];
}

/** Rows of a table that a comparison is about; their parameters are bound once for both sides. */
const differencesSql = (projection: Projection, table: AnyTable, scope: string): string => {
  const { columns, types } = shapeOf(table);
  const key = table.key.map(columnName);
  const [first] = key;
  // The names of what is found differ from any column's, which may be called `key` or `kind`.
  // Texts are compared as they are; json has no equality of its own, and its text is what must be the same.
  const differs = columns.map((column, index) => {
    const cast = types[index] === 'json' ? '::text' : '';
    return `case when l.${columnName(column)}${cast} is distinct from n.${columnName(column)}${cast} then '${column}' end`;
  });
  return `select count(*) over ()::int as total, difference_kind as kind, difference_key as key, difference_columns as columns from (
      select ${key.map((name) => `coalesce(l.${name}, n.${name}) as ${name}`).join(', ')},
        array[${key.map((name) => `coalesce(l.${name}, n.${name})::text`).join(', ')}] as difference_key,
        case when n.${first} is null then 'only-live' when l.${first} is null then 'only-rebuilt' else 'changed' end as difference_kind,
        array_remove(array[${differs.join(', ')}], null) as difference_columns
      from (select * from ${tableName(schemaOf(projection), table)} r ${scope}) l
        full join (select * from ${tableName(shadowSchemaOf(projection), table)} r ${scope}) n
        on ${key.map((name) => `l.${name} = n.${name}`).join(' and ')}
    ) each_row
    where cardinality(difference_columns) > 0 order by ${key.join(', ')} limit ${SAMPLE}`;
};

/**
 * Compares live and rebuilt rows, table by table, in the snapshot that the client has open: all rows, those of a tenant,
 * or those of it that were touched.
 */
export const compareWithLive = async (
  client: Pick<pg.ClientBase, 'query'>,
  projections: readonly Projection[],
  tenantId?: string,
  touched?: TouchedRows,
): Promise<TableDifference[]> => {
  const differences: TableDifference[] = [];
  for (const projection of projections) {
    for (const table of projection.tables) {
      const { text, values } = scopeSql(table, tenantId, touched);
      const { rows } = await client.query<Found>(differencesSql(projection, table, text), [...values]);
      const [found] = rows;
      if (!found) continue;
      const sample = rows.map(({ key, kind, columns }) => ({ key, kind, columns: kind === 'changed' ? columns : [] }));
      differences.push({ projection: projection.name, table: table.name, count: found.total, rows: sample });
    }
  }
  return differences;
};
