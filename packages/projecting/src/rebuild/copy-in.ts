import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { columnName, quote, tableName } from '../database/names.ts';
import type { RowShape } from '../fold/row-shape.ts';

const UNIQUE_VIOLATION = '23505';

/** Sends what `copyText` made into a table. */
const copyInto = (client: pg.ClientBase, table: string, shape: RowShape, chunks: readonly Buffer[]): Promise<void> => {
  const columns = shape.columns.map(columnName).join(', ');
  return pipeline(
    Readable.from(chunks, { objectMode: false }),
    client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
  );
};

/** Copies rows of which some are there already: by way of a table of their own. */
const copyOver = async (
  client: pg.ClientBase,
  schema: string,
  shape: RowShape,
  chunks: readonly Buffer[],
): Promise<void> => {
  const target = tableName(schema, shape.table);
  const staging = quote(`staging ${schema} ${shape.table.name}`.slice(0, 60));
  const key = shape.table.key.map(columnName);
  const columns = shape.columns.map(columnName);
  const rest = columns.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  await client.query(`create temporary table if not exists ${staging} (like ${target})`);
  await client.query(`truncate ${staging}`);
  await copyInto(client, staging, shape, chunks);
  await client.query(`insert into ${target} (${columns.join(', ')}) select ${columns.join(', ')} from ${staging}
    on conflict (${key.join(', ')}) do ${rest.length > 0 ? `update set ${rest.join(', ')}` : 'nothing'}`);
};

/**
 * Copies rows into tables of one schema. Rows that a fold puts without having looked are taken for new until one turns
 * out to have been there; its table is then written the longer way.
 */
export class CopyIn {
  readonly #schema: string;
  readonly #collided = new Set<RowShape>();

  constructor(schema: string) {
    this.#schema = schema;
  }

  /** Writes rows that `copyText` encoded. `surelyNew`: the fold has seen that none of them is there. */
  async write(client: pg.ClientBase, shape: RowShape, chunks: readonly Buffer[], surelyNew: boolean): Promise<void> {
    if (!surelyNew && this.#collided.has(shape)) return copyOver(client, this.#schema, shape, chunks);
    try {
      await copyInto(client, tableName(this.#schema, shape.table), shape, chunks);
    } catch (error) {
      if (surelyNew || (error as { readonly code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      this.#collided.add(shape);
      await copyOver(client, this.#schema, shape, chunks);
    }
  }
}
