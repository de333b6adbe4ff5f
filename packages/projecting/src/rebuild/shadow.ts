import type pg from 'pg';
import type { Failure } from '../database/checkpoints.ts';
import { loadFrom } from '../database/load-rows.ts';
import { quote, shadowSchemaOf } from '../database/names.ts';
import { bareSchemaDdl } from '../database/schema.ts';
import { remove, type Statement } from '../database/write-rows.ts';
import { type Changes, confirmChanges, takeChanges, takeEntries } from '../fold/changes.ts';
import { foldPage, type Load } from '../fold/fold-page.ts';
import type { UpcastPage } from '../fold/project-events.ts';
import type { Room } from '../fold/residents.ts';
import type { Entry, RowCache } from '../fold/row-cache.ts';
import type { AnyRow, RowShape } from '../fold/row-shape.ts';
import { UnitOfWork } from '../fold/unit-of-work.ts';
import { isOwnFault, messageOf } from '../live/faults.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import { copyIn, copyOver } from './copy-in.ts';
import { copyText } from './copy-text.ts';
import type { TouchedRows } from './row-scope.ts';
import { ShadowIndexes } from './shadow-indexes.ts';

interface Copied {
  readonly shape: RowShape;
  readonly chunks: Iterable<Buffer>;
  /** Whether some of the rows may be there already. */
  readonly over: boolean;
}

/** Changes of one projection, on their way to its shadow. */
export interface Batch {
  readonly changes: readonly Changes[];
  /** The page after which they were taken. */
  readonly page: number;
  readonly copies: readonly Copied[];
  readonly removals: readonly { readonly shape: RowShape; readonly statement: Statement }[];
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
  readonly #indexes: ShadowIndexes;
  /** Written since the last page ended, and still in memory. */
  readonly #written: Pick<Batch, 'changes' | 'page'>[] = [];

  /**
   * `indexer` makes indexes when they are first needed; nothing else keeps it busy while the fold goes on. `touched`
   * notes which rows certain events change; `room` is what the shadows of a run share.
   */
  constructor(projection: Projection, room: Room, indexer: pg.ClientBase, touched?: TouchedRows) {
    this.projection = projection;
    this.schema = shadowSchemaOf(projection);
    this.types = new Set(projection.storedTypes);
    this.#unit = new UnitOfWork(projection, { kind: 'own-rows', room });
    if (touched) this.#unit.watch(touched.isWatched, (entry) => touched.add(entry));
    this.#indexes = new ShadowIndexes(indexer, this.schema);
  }

  /** Makes the tables, empty, in place of any that an earlier attempt left. */
  async create(client: pg.ClientBase): Promise<void> {
    await client.query(`drop schema if exists ${quote(this.schema)} cascade`);
    for (const statement of bareSchemaDdl(this.projection, this.schema)) await client.query(statement);
  }

  /** Folds a page into memory. */
  async fold(loader: pg.ClientBase, page: UpcastPage, after: number): Promise<void> {
    try {
      const events = page.for(this.projection, this.types, after);
      if (events.length > 0) await foldPage(this.#unit, events, this.#loadFrom(loader));
    } catch (error) {
      if (!isOwnFault(error)) throw error;
      throw new FoldFailed(this.projection, this.#unit.at, error);
    }
  }

  /**
   * Encodes what has to leave memory and was not written yet; undefined when that is nothing. Rows stay in memory until
   * they have to leave, so one that a million events change is written once, and one that is soon removed never.
   */
  takeLeaving(): Batch | undefined {
    this.#forgetWritten();
    const leaving = this.#unit.leaving();
    if (leaving.length === 0) return undefined;
    this.#unit.place();
    const unwritten = new Map<RowCache, Entry[]>();
    for (const entry of leaving) {
      const entries = unwritten.get(entry.cache);
      if (!entry.dirty) this.#unit.forget(entry);
      else if (entries) entries.push(entry);
      else unwritten.set(entry.cache, [entry]);
    }
    const changes = [...unwritten].map(([cache, entries]) => takeEntries(cache, entries));
    return this.#batch(changes, (shape, rows) => [...copyText(shape, rows)]);
  }

  /** All that was not written yet. It is encoded as it is written: nothing may be folded until then. */
  takeAll(): Batch {
    return this.#batch(takeChanges(this.#unit), copyText);
  }

  /** Writes what was taken; one batch after the other. What was not used meanwhile leaves memory, after the page. */
  async write(writer: pg.ClientBase, { changes, page, copies, removals }: Batch): Promise<void> {
    for (const { shape, statement } of removals) {
      await this.#indexes.key(shape.table);
      const { name, text, values } = statement;
      await writer.query({ name, text, values: [...values] });
    }
    for (const { shape, chunks, over } of copies) {
      if (over) await this.#indexes.key(shape.table);
      await (over ? copyOver : copyIn)(writer, this.schema, shape, chunks);
    }
    confirmChanges(changes);
    this.#written.push({ changes, page });
  }

  /**
   * Forgets rows that were written. Never in the midst of a page: a load under way may have seen them as they were before,
   * and would bring that back if memory did not know better.
   */
  #forgetWritten(): void {
    if (this.#written.length === 0) return;
    this.#unit.place();
    for (const { changes, page } of this.#written.splice(0))
      for (const { entries } of changes) for (const entry of entries) if (entry.page <= page) this.#unit.forget(entry);
  }

  /** Makes the tables fit to serve: with all their look-ups, and known to the planner. */
  finish(clients: readonly pg.ClientBase[]): Promise<void> {
    return this.#indexes.finish(this.projection, clients);
  }

  #loadFrom(client: pg.ClientBase): Load {
    const load = loadFrom(client, this.schema, () => this.#unit.page);
    return async (wanted) => {
      for (const { shape } of wanted.rows.keys()) await this.#indexes.key(shape.table);
      for (const [{ shape }, indexes] of wanted.lookups)
        for (const { lookup } of indexes.keys()) await this.#indexes.lookup(shape.table, lookup);
      await load(wanted);
    };
  }

  #batch(changes: readonly Changes[], encode: (shape: RowShape, rows: readonly AnyRow[]) => Iterable<Buffer>): Batch {
    const copies: Copied[] = [];
    const removals: { shape: RowShape; statement: Statement }[] = [];
    for (const { cache, created, changed, removed } of changes) {
      const { shape } = cache;
      if (removed.length > 0) removals.push({ shape, statement: remove(shape, this.schema, removed) });
      if (created.length > 0) copies.push({ shape, chunks: encode(shape, created), over: false });
      if (changed.length > 0) copies.push({ shape, chunks: encode(shape, changed), over: true });
    }
    return { changes, page: this.#unit.page, copies, removals };
  }
}
