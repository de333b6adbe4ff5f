import { coalesce } from '@headroom/postgres';
import type pg from 'pg';
import { arrayTypes, encodeArray } from '../database/array-encoding.ts';
import { asWritten } from '../database/load-rows.ts';
import { columnName, tableName } from '../database/names.ts';
import { type AnyRow, type AnyTable, joinTexts, shapeOf } from '../fold/row-shape.ts';

/** A row, or its absence, and the log position for which that holds. */
export interface PlacedRow {
  readonly row: AnyRow | undefined;
  readonly position: number;
}

const queryFor = (schema: string, table: AnyTable): string => {
  const { columns, keyTypes } = shapeOf(table);
  const parameters = keyTypes.map((type, index) => `$${index + 2}::${arrayTypes[type]}`).join(', ');
  const equal = table.key.map((column, index) => `t.${columnName(column)} = k.v${index}`).join(' and ');
  return `select k.n, c.position, t.${columnName(table.key[0] ?? '')} is not null, ${columns.map((column) => `t.${columnName(column)}`).join(', ')}
    from projecting.checkpoint c
    cross join unnest(${parameters}) with ordinality as k (${table.key.map((_, index) => `v${index}`).join(', ')}, n)
    left join ${tableName(schema, table)} t on ${equal}
    where c.projection = $1`;
};

/**
 * Reads single rows of a table by primary key; the reads of one turn of the event loop go out as one statement, which
 * also tells the position that they hold for.
 */
export const hotRows = (
  pool: pg.Pool,
  name: string,
  projection: string,
  schema: string,
  table: AnyTable,
): ((key: readonly string[]) => Promise<PlacedRow | undefined>) => {
  const text = queryFor(schema, table);
  const { parse, keyTypes } = shapeOf(table);
  const load = async (keys: readonly (readonly string[])[]): Promise<Map<string, PlacedRow>> => {
    const values = keyTypes.map((type, column) =>
      encodeArray(
        type,
        keys.map((key) => key[column] ?? ''),
      ),
    );
    const query = { name, text, values: [projection, ...values], rowMode: 'array' as const, types: asWritten };
    const { rows } = await pool.query<(string | null)[]>(query);
    const found = new Map<string, PlacedRow>();
    for (const [number, position, there, ...texts] of rows) {
      const key = keys[Number(number) - 1];
      if (key) found.set(joinTexts(key), { row: there === 't' ? parse(texts) : undefined, position: Number(position) });
    }
    return found;
  };
  return coalesce({ load, keyOf: joinTexts });
};
