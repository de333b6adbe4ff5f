import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@headroom/event-store';
import { clientConfig } from '@headroom/postgres';
import pg from 'pg';
import { type Checkpoint, readCheckpoints } from '../database/checkpoints.ts';
import { quote, retiredSchemaOf, shadowSchemaOf } from '../database/names.ts';
import { UpcastPage } from '../fold/project-events.ts';
import { Room } from '../fold/residents.ts';
import { prefetch } from '../live/prefetch.ts';
import { closeSession, connectForFolding } from '../live/session.ts';
import type { Projection } from '../projection.ts';
import { compareWithLive, type TableDifference } from './compare.ts';
import { Progress, type RebuildProgress } from './progress.ts';
import { type RowScope, TouchedRows } from './row-scope.ts';
import { type Batch, Shadow } from './shadow.ts';
import { comparable, whileHeld } from './switch-over.ts';

/** What everything that folds the log anew into shadow tables is told. */
export interface ShadowOptions {
  readonly store: EventStore;
  /** The database of the read models; migrated. */
  readonly connectionString: string;
  readonly projections: readonly Projection[];
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** Ends it at any moment; the old rows go on serving. */
  readonly signal?: AbortSignal;
  /** Bytes that rows may take in memory, roughly, all projections together; 96 MiB unless told. */
  readonly memoryLimit?: number;
  /** Events in a page; 500 unless told: what a page touches should fit into the processor's cache. */
  readonly pageSize?: number;
}

/** A newer version of a projection has made the live rows: this one must not replace them. */
export class RebuildOutdated extends Error {
  override readonly name = 'RebuildOutdated';
}

const REBUILD_LOCK = `hashtextextended('headroom.rebuild', 0)`;
const LOCK_POLL_MS = 200;
/** Two sessions make indexes at a time: workers of theirs would only spill to disk what one sorts in memory. */
const INDEX_SETTINGS = ['maintenance_work_mem=192MB', 'max_parallel_maintenance_workers=0'];
/** A tail of so many positions is folded in no time. */
const SHORT_TAIL = 2_000;
const MOST_PASSES = 20;

/** A fold of the log into shadow tables, with all that it holds open. */
export class ShadowRun {
  readonly control: pg.Client;
  readonly progress: Progress;
  readonly #options: ShadowOptions;
  readonly #loader: pg.Client;
  readonly #writer: pg.Client;
  readonly #shadows: readonly Shadow[];
  readonly #scope: RowScope | undefined;
  readonly #touched: TouchedRows | undefined;
  #position = 0;

  constructor(
    options: ShadowOptions,
    [control, loader, writer]: readonly [pg.Client, pg.Client, pg.Client],
    scope?: RowScope,
  ) {
    this.#options = options;
    this.#scope = scope;
    this.#touched = scope?.touches && new TouchedRows(scope.touches);
    this.control = control;
    this.#loader = loader;
    this.#writer = writer;
    this.progress = new Progress(options.onProgress ?? (() => undefined));
    const memoryLimit = options.memoryLimit ?? 96 * 1024 * 1024;
    const room = new Room({ young: memoryLimit / 2, old: memoryLimit / 2 });
    this.#shadows = options.projections.map((projection) => new Shadow(projection, room, control, this.#touched));
  }

  /** The log position up to which it has folded. */
  get position(): number {
    return this.#position;
  }

  /** The rows that the scope is about; undefined when all rows of the tenant, or of all tenants, are. */
  get touched(): TouchedRows | undefined {
    return this.#touched;
  }

  /** Waits for its turn and makes empty shadows. */
  async open(): Promise<void> {
    await this.#lock();
    await this.#refuseOutdated();
    await this.dropLeftovers();
    for (const shadow of this.#shadows) await shadow.create(this.#writer);
  }

  /** Gives the shadows all their indexes. */
  async index(): Promise<void> {
    this.progress.enter('indexing');
    for (const shadow of this.#shadows) await shadow.finish([this.control, this.#writer]);
  }

  /** Held by the session: it ends with the process, however that dies. */
  async #lock(): Promise<void> {
    for (;;) {
      const sql = `select pg_try_advisory_lock(${REBUILD_LOCK}) as taken`;
      const { rows } = await this.control.query<{ taken: boolean }>(sql);
      if (rows[0]?.taken) return;
      await sleep(LOCK_POLL_MS);
      this.#options.signal?.throwIfAborted();
    }
  }

  async #refuseOutdated(): Promise<void> {
    const { projections } = this.#options;
    const checkpoints = await readCheckpoints(
      this.control,
      projections.map(({ name }) => name),
    );
    for (const { name, version } of projections) {
      const live = checkpoints.get(name)?.version ?? 0;
      if (live > version)
        throw new RebuildOutdated(`${name} is live in version ${live}; this is version ${version}, which is older`);
    }
  }

  async dropLeftovers(): Promise<void> {
    for (const projection of this.#options.projections) {
      for (const schema of [shadowSchemaOf(projection), retiredSchemaOf(projection)])
        await this.control.query(`drop schema if exists ${quote(schema)} cascade`);
    }
  }

  /** Where to fold to: never beyond live rows that the result is to be compared with. */
  async goal(checkpoints: ReadonlyMap<string, Checkpoint>): Promise<number> {
    const live = comparable(this.#options.projections, checkpoints).map(({ name }) => checkpoints.get(name)?.position);
    return live.length > 0 ? Math.max(...live.map((position) => position ?? 0)) : this.#options.store.head();
  }

  /** Folds until only a short tail is left, while the live rows move on. */
  async catchUp(): Promise<void> {
    const names = this.#options.projections.map(({ name }) => name);
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const goal = await this.goal(await readCheckpoints(this.control, names));
      const left = goal - this.#position;
      await this.foldTo(goal);
      if (left <= SHORT_TAIL) return;
    }
  }

  async foldTo(goal: number): Promise<void> {
    if (goal <= this.#position) return;
    this.progress.target = goal;
    this.progress.enter('folding');
    const { store, pageSize = 500, signal } = this.#options;
    const tenant = this.#scope === undefined ? {} : { tenantId: this.#scope.tenantId };
    const types = [...new Set(this.#shadows.flatMap((shadow) => [...shadow.types]))];
    const pages = store.readAll({ after: this.#position, upTo: goal, types, pageSize, ...tenant });
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const page of prefetch(pages, () => undefined)) {
        signal?.throwIfAborted();
        const upcast = new UpcastPage(page.events);
        for (const shadow of this.#shadows) await shadow.fold(this.#loader, upcast, this.#position);
        const leaving = this.#shadows.flatMap((shadow) => ({ shadow, batch: shadow.takeLeaving() }));
        if (leaving.some(({ batch }) => batch)) {
          await writing;
          // Encoded already, written while the next pages are folded.
          writing = this.#write(leaving);
          writing.catch(() => undefined);
        }
        this.#position = page.upTo;
        this.progress.folded(page.events.length, page.upTo);
      }
    } finally {
      await writing;
    }
    this.#position = goal;
    await this.#write(this.#shadows.map((shadow) => ({ shadow, batch: shadow.takeAll() })));
  }

  async #write(batches: readonly { readonly shadow: Shadow; readonly batch: Batch | undefined }[]): Promise<void> {
    for (const { shadow, batch } of batches) if (batch) await shadow.write(this.#writer, batch);
  }

  /** Compares at a moment at which both hold for the same position; whoever folds is held up for that moment only. */
  async compare(
    look: (comparer: pg.Client) => Promise<void> = async () => undefined,
  ): Promise<{ readonly compared: string[]; readonly differences: TableDifference[] }> {
    this.progress.enter('comparing');
    const comparer = new pg.Client(clientConfig(this.#options.connectionString, 'headroom rebuild compare'));
    comparer.on('error', () => undefined);
    await comparer.connect();
    try {
      const compared = await whileHeld(this.control, this.#options.projections, async (checkpoints) => {
        const candidates = comparable(this.#options.projections, checkpoints);
        if (candidates.length === 0) return [];
        await this.foldTo(await this.goal(checkpoints));
        await comparer.query('begin isolation level repeatable read read only');
        await comparer.query('select 1');
        return candidates.filter(({ name }) => checkpoints.get(name)?.position === this.#position);
      });
      const differences = await compareWithLive(comparer, compared, this.#scope?.tenantId, this.#touched);
      await look(comparer);
      return { compared: compared.map(({ name }) => name), differences };
    } finally {
      await closeSession(comparer);
    }
  }
}

/** The session that switches and makes indexes; standing still, it must not hold others up for long. */
const openControl = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({
    ...clientConfig(connectionString, 'headroom rebuild'),
    options: INDEX_SETTINGS.map((setting) => `-c ${setting}`).join(' '),
  });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`set idle_in_transaction_session_timeout = '30s'`);
  return client;
};

/** Folds into shadows over connections of its own, and lets go of them. */
export const withShadows = async <T>(
  options: ShadowOptions,
  task: (run: ShadowRun) => Promise<T>,
  scope?: RowScope,
): Promise<T> => {
  const { connectionString } = options;
  const opened: pg.Client[] = [];
  try {
    const control = await openControl(connectionString);
    opened.push(control);
    const loader = await connectForFolding(connectionString, 'headroom rebuild loader');
    opened.push(loader);
    const writer = await connectForFolding(connectionString, 'headroom rebuild writer', { settings: INDEX_SETTINGS });
    opened.push(writer);
    return await task(new ShadowRun(options, [control, loader, writer], scope));
  } finally {
    await Promise.all(opened.map(closeSession));
  }
};
