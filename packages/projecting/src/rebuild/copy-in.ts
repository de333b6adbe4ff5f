import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { columnName, quote, tableName } from '../database/names.ts';
import type { RowShape } from '../fold/row-shape.ts';

/** Sends rows that `copyText` encoded into a table that has none of them. */
export const copyIn = (
  client: pg.ClientBase,
  schema: string,
  shape: RowShape,
  chunks: Iterable<Buffer>,
): Promise<void> => send(client, tableName(schema, shape.table), shape, chunks);

/** The same into a table that may have some of them; it needs its primary key. By way of a table for the session. */
export const copyOver = async (
  client: pg.ClientBase,
  schema: string,
  shape: RowShape,
  chunks: Iterable<Buffer>,
): Promise<void> => {
  const target = tableName(schema, shape.table);
  const staging = quote(`staging ${schema} ${shape.table.name}`.slice(0, 60));
  const key = shape.table.key.map(columnName);
  const columns = shape.columns.map(columnName);
  const rest = columns.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  await client.query(`create temporary table if not exists ${staging} (like ${target})`);
  await client.query(`truncate ${staging}`);
  await send(client, staging, shape, chunks);
  await client.query(`insert into ${target} (${columns.join(', ')}) select ${columns.join(', ')} from ${staging}
    on conflict (${key.join(', ')}) do ${rest.length > 0 ? `update set ${rest.join(', ')}` : 'nothing'}`);
};

const send = (client: pg.ClientBase, table: string, shape: RowShape, chunks: Iterable<Buffer>): Promise<void> =>
  pipeline(
    Readable.from(chunks, { objectMode: false }),
    client.query(copyFrom(`copy ${table} (${shape.columns.map(columnName).join(', ')}) from stdin`)),
  );
