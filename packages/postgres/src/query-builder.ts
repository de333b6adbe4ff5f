import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';

/** Tables and columns that are known only when the program runs. */
export type AnyDatabase = Record<string, Record<string, unknown>>;

/**
 * Builds queries and runs none: `compile()` gives the text and the parameters for whichever connection is to run them.
 */
export const queryBuilder = new Kysely<AnyDatabase>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
