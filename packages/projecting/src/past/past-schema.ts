import { createHash } from 'node:crypto';
import type pg from 'pg';
import { columnName, quote, schemaOf, tableName } from '../database/names.ts';
import { bareSchemaDdl, lookupDdl } from '../database/schema.ts';
import type { AnyTable } from '../fold/row-shape.ts';
import type { Projection } from '../projection.ts';
import { snakeCase } from '../table.ts';

/** Where the versions of a projection's rows are, from which answers about the past are made. */
export const pastSchemaOf = (projection: Projection): string => `${schemaOf(projection)}__past`;

/** Where a session sees the rows of a projection as they were at its moment, under their own names. */
export const momentSchemaOf = (projection: Projection): string => `${schemaOf(projection)}__at`;

/** The setting of a session that says at which position it looks. */
const MOMENT = 'headroom.moment';

/** The end of a version that still stands; no log gets there. */
export const FOR_EVER = '9223372036854775807';
const LATEST = '9223372036854775806';

/** Statements of a session from which on it sees the latest versions. */
export const lookAtLatest = `set ${MOMENT} = '${LATEST}'`;

/** The statement from which on a transaction sees the versions that stood at a position. */
export const lookAt = (position: number): string => `set local ${MOMENT} = '${position}'`;

/** The tenant comes last, as in the tables themselves: a first column that is always the same is a slow index. */
const keyDdl = (schema: string, table: AnyTable): string => {
  const [tenant = '', ...rest]: readonly string[] = table.key;
  const key = [...rest, tenant].map(columnName).join(', ');
  return `alter table ${tableName(schema, table)} add primary key (${key}, kept_from)`;
};

const viewDdl = (projection: Projection, table: AnyTable): string => {
  const columns = Object.keys(table.columns).map(columnName).join(', ');
  const moment = `(select current_setting('${MOMENT}')::bigint)`;
  return `create view ${tableName(momentSchemaOf(projection), table)} as
    select ${columns} from ${tableName(pastSchemaOf(projection), table)} where kept_from <= ${moment} and kept_until > ${moment}`;
};

/** Tells what each of a tenant's rows was at a moment, without a look at the rows. */
const versionsDdl = (schema: string, table: AnyTable): string[] => {
  if (table.changedAt === undefined) return [];
  const [tenant = '', ...rest]: readonly string[] = table.key;
  const told = [...rest, table.changedAt].map(columnName).join(', ');
  const name = quote(`${snakeCase(table.name)}_versions`);
  return [
    `create index ${name} on ${tableName(schema, table)} (${columnName(tenant)}, kept_from) include (kept_until, ${told})`,
  ];
};

/** The query for what each of a tenant's rows was at the moment of the session: the columns of the key, and when it changed. */
export const versionsSql = (projection: Projection, table: AnyTable): string => {
  const [tenant = ''] = table.key as readonly string[];
  const columns = [...table.key, table.changedAt ?? ''].map(columnName).join(', ');
  return `select ${columns} from ${tableName(momentSchemaOf(projection), table)} where ${columnName(tenant)} = $1`;
};

const tableDdl = (projection: Projection, table: AnyTable): string[] => {
  const schema = pastSchemaOf(projection);
  return [
    `alter table ${tableName(schema, table)} add column kept_from bigint not null, add column kept_until bigint not null`,
    keyDdl(schema, table),
    ...table.pastLookups.map((lookup) => lookupDdl(schema, table, lookup)),
    ...versionsDdl(schema, table),
    viewDdl(projection, table),
  ];
};

const pastDdl = (projection: Projection): string[] => [
  ...bareSchemaDdl(projection, pastSchemaOf(projection)),
  `create schema ${quote(momentSchemaOf(projection))}`,
  ...projection.tables.flatMap((table: AnyTable) => tableDdl(projection, table)),
];

/** Changes whenever versions that are kept are of no use any more, beside the version of the projection. */
export const pastFingerprint = (projection: Projection, every: number): string =>
  createHash('sha256')
    .update([...pastDdl(projection), every].join(';\n'))
    .digest('hex')
    .slice(0, 32);

/** Makes the tables for versions anew, in place of any there are. In a transaction. */
export const beginPast = async (
  client: Pick<pg.ClientBase, 'query'>,
  projection: Projection,
  every: number,
): Promise<void> => {
  await client.query(`drop schema if exists ${quote(momentSchemaOf(projection))} cascade`);
  await client.query(`drop schema if exists ${quote(pastSchemaOf(projection))} cascade`);
  for (const statement of pastDdl(projection)) await client.query(statement);
  await client.query(
    `insert into projecting.past (projection, position, version, fingerprint) values ($1, 0, $2, $3)
     on conflict (projection) do update set position = 0, version = excluded.version, fingerprint = excluded.fingerprint`,
    [projection.name, projection.version, pastFingerprint(projection, every)],
  );
};
