import type pg from 'pg';
import type { parsers } from '../fold/cell.ts';
import type { Load } from '../fold/fold-page.ts';
import type { Bucket, LookupIndex } from '../fold/lookup-index.ts';
import type { Wanted } from '../fold/page-needs.ts';
import type { RowCache } from '../fold/row-cache.ts';
import { restOfKey } from '../fold/row-shape.ts';
import { arrayTypes, encodeArray } from './array-encoding.ts';
import { columnName, tableName } from './names.ts';

type Texts = readonly (string | null)[];
type Queryable = Pick<pg.ClientBase, 'query'>;

/** Values as Postgres writes them: this package's own parsers read them. */
export const asWritten: pg.CustomTypesConfig = { getTypeParser: () => (text: string) => text };

const columnsOf = ({ shape }: RowCache): string => shape.columns.map((column) => `t.${columnName(column)}`).join(', ');

const texts = async (client: Queryable, text: string, values: readonly Buffer[]): Promise<Texts[]> => {
  const config = { text, values: [...values], rowMode: 'array' as const, types: asWritten };
  return (await client.query<(string | null)[]>(config)).rows;
};

/** What memory knows of a row is never older than what the database shows. */
const keep = (cache: RowCache, row: Texts, page: number): void => {
  const parsed = cache.shape.parse(row);
  const [tenant, rest] = [parsed.tenantId as string, cache.shape.restOf(parsed)];
  const known = cache.entries.get(tenant, rest);
  if (known) {
    if (known.stored === 'unknown') known.stored = 'present';
    return;
  }
  cache.use(cache.add(tenant, rest, parsed, 'present'), page);
};

const loadByKey = async (
  client: Queryable,
  schema: string,
  cache: RowCache,
  keys: ReadonlyMap<string, readonly string[]>,
  page: number,
): Promise<void> => {
  const { table, keyTypes } = cache.shape;
  const wanted = [...keys.values()];
  const parameters = keyTypes.map((type, index) => `$${index + 1}::${arrayTypes[type]}`).join(', ');
  const names = table.key.map(columnName).join(', ');
  const rows = await texts(
    client,
    `select ${columnsOf(cache)} from unnest(${parameters}) as k (${names}) join ${tableName(schema, table)} t using (${names})`,
    keyTypes.map((type, index) =>
      encodeArray(
        type,
        wanted.map((key) => key[index] ?? ''),
      ),
    ),
  );
  for (const row of rows) keep(cache, row, page);
  for (const key of wanted)
    cache.use(cache.find(key) ?? cache.add(key[0] ?? '', restOfKey(key), undefined, 'absent'), page);
};

const lookupQuery = (schema: string, cache: RowCache, { columns, next }: LookupIndex, bounded: boolean): string => {
  const by = bounded && next ? [...columns, next] : columns;
  const parameters = by.map(({ type }, index) => `$${index + 1}::${arrayTypes[type]}`).join(', ');
  const equal = columns.map(({ name }, index) => `t.${columnName(name)} = k.v${index}`);
  const bound = bounded && next ? [`t.${columnName(next.name)} >= k.v${columns.length}`] : [];
  return `select ${columnsOf(cache)} from unnest(${parameters}) as k (${by.map((_, index) => `v${index}`).join(', ')})
    join ${tableName(schema, cache.shape.table)} t on ${[...equal, ...bound].join(' and ')}`;
};

const loadByLookup = async (
  client: Queryable,
  schema: string,
  cache: RowCache,
  index: LookupIndex,
  wanted: readonly (readonly [Bucket, unknown])[],
  page: number,
): Promise<void> => {
  const bounded = wanted[0]?.[1] !== undefined;
  const arrays = index.columns.map(({ type }, column) =>
    encodeArray(
      type,
      wanted.map(([bucket]) => parsedValue(type, bucket.values[column] ?? '')),
    ),
  );
  if (bounded && index.next) {
    arrays.push(
      encodeArray(
        index.next.type,
        wanted.map(([, from]) => from),
      ),
    );
  }
  const rows = await texts(client, lookupQuery(schema, cache, index, bounded), arrays);
  for (const row of rows) keep(cache, row, page);
  for (const [bucket, from] of wanted) index.cover(bucket, from);
};

const parsedValue = (type: keyof typeof parsers, text: string): unknown =>
  type === 'boolean' ? text === 'true' : type === 'integer' ? Number(text) : text;

/**
 * Loads what a fold waits for from the schema of its projection: one query a table, one more for each look-up. Rows that
 * are in memory already win over what the database shows, since they may not have been written yet.
 */
export const loadFrom =
  (client: Queryable, schema: string, page: () => number): Load =>
  async ({ rows, lookups }: Wanted) => {
    for (const [cache, keys] of rows) await loadByKey(client, schema, cache, keys, page());
    for (const [cache, indexes] of lookups) {
      for (const [index, buckets] of indexes) {
        const all = [...buckets];
        const whole = all.filter(([, from]) => from === undefined);
        const bounded = all.filter(([, from]) => from !== undefined);
        if (whole.length > 0) await loadByLookup(client, schema, cache, index, whole, page());
        if (bounded.length > 0) await loadByLookup(client, schema, cache, index, bounded, page());
      }
    }
  };
