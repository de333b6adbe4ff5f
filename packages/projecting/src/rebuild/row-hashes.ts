import type pg from 'pg';
import { columnName, tableName } from '../database/names.ts';
import type { Projection } from '../projection.ts';

/** The rows of a table as one number: the same rows give the same hash, on every machine. */
export interface TableHash {
  readonly projection: string;
  readonly table: string;
  readonly rows: number;
  /** SHA-256 in hexadecimal, over the hashes of the rows in the order of their keys. */
  readonly hash: string;
}

interface Hashed {
  readonly rows: number;
  readonly hash: string;
}

/** Hashes the tables of a projection that are in a schema, in the snapshot that the client has open. */
export const tableHashes = async (
  client: Pick<pg.ClientBase, 'query'>,
  projection: Projection,
  schema: string,
): Promise<TableHash[]> => {
  const hashes: TableHash[] = [];
  for (const table of projection.tables) {
    const names = Object.keys(table.columns).map((column) => `r.${columnName(column)}`);
    const order = (table.key as readonly string[]).map((column) => `r.${columnName(column)}`).join(', ');
    // As texts in an order of our own: what a table's columns are laid out like does not matter.
    const row = `sha256(convert_to(row(${names.join(', ')})::text, 'UTF8'))`;
    const sql = `select count(*)::int as rows,
        encode(sha256(coalesce(string_agg(${row}, ''::bytea order by ${order}), ''::bytea)), 'hex') as hash
      from ${tableName(schema, table)} r`;
    const { rows } = await client.query<Hashed>(sql);
    const [hashed] = rows;
    if (hashed) hashes.push({ projection: projection.name, table: table.name, ...hashed });
  }
  return hashes;
};
