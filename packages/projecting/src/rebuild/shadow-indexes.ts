import type pg from 'pg';
import { tableName } from '../database/names.ts';
import { keyDdl, lookupDdl } from '../database/schema.ts';
import type { AnyTable } from '../fold/row-shape.ts';
import type { Projection } from '../projection.ts';

/**
 * The indexes of tables that are being filled. To keep an index while rows come costs several times what it costs to
 * make it at the end; so each is made when it is first needed, and the rest when all rows are there.
 */
export class ShadowIndexes {
  readonly #client: pg.ClientBase;
  readonly #schema: string;
  readonly #made = new Map<string, Promise<unknown>>();

  constructor(client: pg.ClientBase, schema: string) {
    this.#client = client;
    this.#schema = schema;
  }

  /** Sees to it that rows can be found and replaced by key. */
  key(table: AnyTable): Promise<unknown> {
    return this.#make(keyDdl(this.#schema, table));
  }

  /** Sees to it that rows can be found by a look-up. */
  lookup(table: AnyTable, lookup: string): Promise<unknown> {
    return this.#make(lookupDdl(this.#schema, table, lookup));
  }

  /** Makes all that are missing, several at once over the clients given, and lets the planner know the tables. */
  async finish(projection: Projection, clients: readonly pg.ClientBase[]): Promise<void> {
    const tables: readonly AnyTable[] = projection.tables;
    const statements = tables.flatMap((table) => [
      keyDdl(this.#schema, table),
      ...Object.keys(table.lookups).map((lookup) => lookupDdl(this.#schema, table, lookup)),
    ]);
    await Promise.all(this.#made.values());
    const missing = statements.filter((statement) => !this.#made.has(statement));
    await inParallel(clients, missing);
    for (const statement of missing) this.#made.set(statement, Promise.resolve());
    await inParallel(
      clients,
      tables.map((table) => `analyze ${tableName(this.#schema, table)}`),
    );
  }

  #make(statement: string): Promise<unknown> {
    const known = this.#made.get(statement);
    if (known) return known;
    const made = this.#client.query(statement);
    this.#made.set(statement, made);
    return made;
  }
}

const inParallel = async (clients: readonly pg.ClientBase[], statements: readonly string[]): Promise<void> => {
  const left = [...statements];
  const work = async (client: pg.ClientBase): Promise<void> => {
    for (let statement = left.shift(); statement !== undefined; statement = left.shift()) await client.query(statement);
  };
  await Promise.all(clients.map(work));
};
