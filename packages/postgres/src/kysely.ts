import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';

/** Typed queries over a pool that others use, too. Whoever made the pool ends it; `destroy()` here would end it as well. */
export const createKysely = <DB>(pool: pg.Pool): Kysely<DB> =>
  new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
