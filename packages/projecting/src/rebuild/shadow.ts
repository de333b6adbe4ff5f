import type pg from 'pg';
import type { Failure } from '../database/checkpoints.ts';
import { loadFrom } from '../database/load-rows.ts';
import { quote, shadowSchemaOf, tableName } from '../database/names.ts';
import { createSchema, lookupDdl } from '../database/schema.ts';
import { remove, type Statement, upsert } from '../database/write-rows.ts';
import { coldBefore, evictCold } from '../fold/evict.ts';
import { foldPage } from '../fold/fold-page.ts';
import type { UpcastPage } from '../fold/project-events.ts';
import type { RowShape } from '../fold/row-shape.ts';
import { UnitOfWork } from '../fold/unit-of-work.ts';
import { isOwnFault, messageOf } from '../live/faults.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import { CopyIn } from './copy-in.ts';
import { copyText } from './copy-text.ts';
import { type Settled, takeSettled } from './settle.ts';

interface Copied {
  readonly shape: RowShape;
  readonly chunks: readonly Buffer[];
  readonly surelyNew: boolean;
}

/** Encoded changes of one projection, on their way to its shadow. */
export interface Batch {
  readonly settled: readonly Settled[];
  readonly copies: readonly Copied[];
  readonly statements: readonly Statement[];
}

/** A projection cannot fold an event; its rebuild ends, and the old rows go on serving. */
export class FoldFailed extends Error {
  override readonly name = 'FoldFailed';
  readonly projection: Projection;
  readonly failure: Failure;
  constructor(projection: Projection, event: ProjectedEvent | undefined, cause: unknown) {
    const failure = { position: event?.position ?? 0, type: event?.type ?? '', error: messageOf(cause) };
    super(`${projection.name} cannot fold ${failure.type} at ${failure.position}: ${failure.error}`, { cause });
    this.projection = projection;
    this.failure = failure;
  }
}

/** A projection that is being folded anew, into tables that nobody reads yet. */
export class Shadow {
  readonly projection: Projection;
  readonly schema: string;
  readonly types: ReadonlySet<string>;
  readonly #unit: UnitOfWork;
  readonly #copyIn: CopyIn;
  readonly #memoryLimit: number;

  constructor(projection: Projection, memoryLimit: number) {
    this.projection = projection;
    this.schema = shadowSchemaOf(projection);
    this.types = new Set(projection.storedTypes);
    this.#unit = new UnitOfWork(projection);
    this.#copyIn = new CopyIn(this.schema);
    this.#memoryLimit = memoryLimit;
  }

  /** Makes the tables, empty, in place of any that an earlier attempt left. */
  async create(client: pg.ClientBase): Promise<void> {
    await client.query(`drop schema if exists ${quote(this.schema)} cascade`);
    await createSchema(client, this.projection, this.schema, { foldLookupsOnly: true });
  }

  /** Folds a page into memory. */
  async fold(loader: pg.ClientBase, page: UpcastPage, after: number): Promise<void> {
    evictCold(this.#unit, this.#memoryLimit);
    try {
      const events = page.for(this.projection, this.types, after);
      if (events.length > 0)
        await foldPage(
          this.#unit,
          events,
          loadFrom(loader, this.schema, () => this.#unit.page),
        );
    } catch (error) {
      if (!isOwnFault(error)) throw error;
      throw new FoldFailed(this.projection, this.#unit.at, error);
    }
  }

  /** Encodes what is worth writing now, or everything; the fold may then go on. */
  take(everything: boolean): Batch {
    const cold = everything ? Number.POSITIVE_INFINITY : coldBefore(this.#unit, this.#memoryLimit);
    const settled = takeSettled(this.#unit, cold);
    const copies: Copied[] = [];
    const statements: Statement[] = [];
    for (const { cache, created, put, changed, removed } of settled) {
      const { shape } = cache;
      if (removed.length > 0) statements.push(remove(shape, this.schema, removed));
      if (changed.length > 0) statements.push(upsert(shape, this.schema, changed));
      if (created.length > 0) copies.push({ shape, chunks: copyText(shape, created), surelyNew: true });
      if (put.length > 0) copies.push({ shape, chunks: copyText(shape, put), surelyNew: false });
    }
    return { settled, copies, statements };
  }

  /** Writes what was taken; one batch after the other. */
  async write(writer: pg.ClientBase, { settled, copies, statements }: Batch): Promise<void> {
    for (const { name, text, values } of statements) await writer.query({ name, text, values: [...values] });
    for (const { shape, chunks, surelyNew } of copies) await this.#copyIn.write(writer, shape, chunks, surelyNew);
    for (const { entries } of settled) for (const entry of entries) entry.writing -= 1;
  }

  /** Makes the tables fit to serve: with the look-ups that only questions use, and known to the planner. */
  async finish(client: pg.ClientBase): Promise<void> {
    const tables = this.projection.tables.map((table) => tableName(this.schema, table));
    for (const statement of lookupDdl(this.projection, this.schema, 'other')) await client.query(statement);
    for (const table of tables) await client.query(`analyze ${table}`);
  }
}
