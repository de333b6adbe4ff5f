import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@headroom/event-store';
import { clientConfig } from '@headroom/postgres';
import pg from 'pg';
import { type Checkpoint, readCheckpoints } from '../database/checkpoints.ts';
import { quote, retiredSchemaOf, shadowSchemaOf } from '../database/names.ts';
import { UpcastPage } from '../fold/project-events.ts';
import { prefetch } from '../live/prefetch.ts';
import { closeSession, connectForFolding } from '../live/session.ts';
import type { Projection } from '../projection.ts';
import { compareWithLive, type TableDifference } from './compare.ts';
import { Progress, type RebuildProgress } from './progress.ts';
import { type Batch, Shadow } from './shadow.ts';
import { comparable, isBusy, switchOver, whileHeld } from './switch-over.ts';

export interface RebuildOptions {
  readonly store: EventStore;
  /** The database of the read models; migrated. */
  readonly connectionString: string;
  readonly projections: readonly Projection[];
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** Ends it at any moment; the old rows go on serving. */
  readonly signal?: AbortSignal;
  /** What to do when rebuilt rows differ from live ones of the same version; `stop` unless told. */
  readonly compare?: 'stop' | 'report';
  /** Bytes that rows may take in memory, roughly, all projections together; 32 MiB unless told. */
  readonly memoryLimit?: number;
  /** Events in a page; 500 unless told: what a page touches should fit into the processor's cache. */
  readonly pageSize?: number;
}

export interface RebuildReport {
  readonly events: number;
  readonly seconds: number;
  /** The log position that the rows held for when they began to serve. */
  readonly position: number;
  /** Projections that were compared with what had served before. */
  readonly compared: readonly string[];
  readonly differences: readonly TableDifference[];
}

/** The rebuilt rows are not what the live ones are; nothing was switched, and the shadow is left to be looked at. */
export class RebuildDiffers extends Error {
  override readonly name = 'RebuildDiffers';
  readonly differences: readonly TableDifference[];
  constructor(differences: readonly TableDifference[]) {
    const tables = differences.map(({ projection, table, count }) => `${count} rows of ${projection}.${table}`);
    super(`rebuilt and live rows differ: ${tables.join(', ')}`);
    this.differences = differences;
  }
}

/** A newer version of a projection has made the live rows: this one must not replace them. */
export class RebuildOutdated extends Error {
  override readonly name = 'RebuildOutdated';
}

const REBUILD_LOCK = `hashtextextended('headroom.rebuild', 0)`;
const LOCK_POLL_MS = 200;
/** Locks are held no longer than that while others wait behind them. */
const READER_WAIT_MS = 300;
const SWITCH_ATTEMPTS = 100;
/** A tail of so many positions is folded in no time. */
const SHORT_TAIL = 2_000;
const MOST_PASSES = 20;

/** Everything that a rebuild holds open. */
class Rebuild {
  readonly #options: RebuildOptions;
  readonly #control: pg.Client;
  readonly #loader: pg.Client;
  readonly #writer: pg.Client;
  readonly #shadows: readonly Shadow[];
  readonly #progress: Progress;
  #position = 0;

  constructor(options: RebuildOptions, [control, loader, writer]: readonly [pg.Client, pg.Client, pg.Client]) {
    this.#options = options;
    this.#control = control;
    this.#loader = loader;
    this.#writer = writer;
    this.#progress = new Progress(options.onProgress ?? (() => undefined));
    const memoryLimit = (options.memoryLimit ?? 32 * 1024 * 1024) / Math.max(1, options.projections.length);
    this.#shadows = options.projections.map((projection) => new Shadow(projection, memoryLimit, control));
  }

  async run(): Promise<RebuildReport> {
    await this.#lock();
    await this.#refuseOutdated();
    await this.#dropLeftovers();
    for (const shadow of this.#shadows) await shadow.create(this.#writer);
    await this.#catchUp();
    this.#progress.enter('indexing');
    for (const shadow of this.#shadows) await shadow.finish([this.#control, this.#writer]);
    await this.#catchUp();
    const { compared, differences } = await this.#compare();
    if (differences.length > 0 && this.#options.compare !== 'report') throw new RebuildDiffers(differences);
    await this.#switch();
    await this.#dropLeftovers();
    this.#progress.enter('done');
    const { events, seconds } = this.#progress;
    return { events, seconds, position: this.#position, compared, differences };
  }

  /** Held by the session: it ends with the process, however that dies. */
  async #lock(): Promise<void> {
    for (;;) {
      const sql = `select pg_try_advisory_lock(${REBUILD_LOCK}) as taken`;
      const { rows } = await this.#control.query<{ taken: boolean }>(sql);
      if (rows[0]?.taken) return;
      await sleep(LOCK_POLL_MS);
      this.#options.signal?.throwIfAborted();
    }
  }

  async #refuseOutdated(): Promise<void> {
    const { projections } = this.#options;
    const checkpoints = await readCheckpoints(
      this.#control,
      projections.map(({ name }) => name),
    );
    for (const { name, version } of projections) {
      const live = checkpoints.get(name)?.version ?? 0;
      if (live > version)
        throw new RebuildOutdated(`${name} is live in version ${live}; this is version ${version}, which is older`);
    }
  }

  async #dropLeftovers(): Promise<void> {
    for (const projection of this.#options.projections) {
      for (const schema of [shadowSchemaOf(projection), retiredSchemaOf(projection)])
        await this.#control.query(`drop schema if exists ${quote(schema)} cascade`);
    }
  }

  /** Where to fold to: never beyond live rows that the result is to be compared with. */
  async #goal(checkpoints: ReadonlyMap<string, Checkpoint>): Promise<number> {
    const live = comparable(this.#options.projections, checkpoints).map(({ name }) => checkpoints.get(name)?.position);
    return live.length > 0 ? Math.max(...live.map((position) => position ?? 0)) : this.#options.store.head();
  }

  /** Folds until only a short tail is left, while the live rows move on. */
  async #catchUp(): Promise<void> {
    const names = this.#options.projections.map(({ name }) => name);
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const goal = await this.#goal(await readCheckpoints(this.#control, names));
      const left = goal - this.#position;
      await this.#foldTo(goal);
      if (left <= SHORT_TAIL) return;
    }
  }

  async #foldTo(goal: number): Promise<void> {
    if (goal <= this.#position) return;
    this.#progress.target = goal;
    this.#progress.enter('folding');
    const { store, pageSize = 500, signal } = this.#options;
    const types = [...new Set(this.#shadows.flatMap((shadow) => [...shadow.types]))];
    const pages = store.readAll({ after: this.#position, upTo: goal, types, pageSize });
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
        this.#progress.folded(page.events.length, page.upTo);
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
  async #compare(): Promise<{ readonly compared: string[]; readonly differences: TableDifference[] }> {
    this.#progress.enter('comparing');
    const comparer = new pg.Client(clientConfig(this.#options.connectionString, 'headroom rebuild compare'));
    comparer.on('error', () => undefined);
    await comparer.connect();
    try {
      const compared = await whileHeld(this.#control, this.#options.projections, async (checkpoints) => {
        const candidates = comparable(this.#options.projections, checkpoints);
        if (candidates.length === 0) return [];
        await this.#foldTo(await this.#goal(checkpoints));
        await comparer.query('begin isolation level repeatable read read only');
        await comparer.query('select 1');
        return candidates.filter(({ name }) => checkpoints.get(name)?.position === this.#position);
      });
      const differences = await compareWithLive(comparer, compared);
      return { compared: compared.map(({ name }) => name), differences };
    } finally {
      await closeSession(comparer);
    }
  }

  async #switch(): Promise<void> {
    this.#progress.enter('switching');
    for (let attempt = 1; ; attempt += 1) {
      this.#options.signal?.throwIfAborted();
      await this.#catchUp();
      try {
        await whileHeld(this.#control, this.#options.projections, async (checkpoints) => {
          await this.#foldTo(await this.#goal(checkpoints));
          await switchOver(this.#control, this.#options.projections, this.#position, READER_WAIT_MS);
        });
        return;
      } catch (error) {
        if (!isBusy(error) || attempt === SWITCH_ATTEMPTS) throw error;
        await sleep(READER_WAIT_MS);
      }
    }
  }
}

/** The session that switches and makes indexes; standing still, it must not hold others up for long. */
const openControl = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client(clientConfig(connectionString, 'headroom rebuild'));
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`set idle_in_transaction_session_timeout = '30s'; set maintenance_work_mem = '128MB'`);
  return client;
};

/**
 * Folds the log anew into shadow tables, in one pass for all the projections given, while the live rows are served and
 * kept up to date; then compares and puts the result in their place, in one transaction. A crash at any moment leaves the
 * old rows serving, and leftovers that the next rebuild removes. One rebuild at a time: another one waits.
 * Throws `FoldFailed` when a handler throws, `RebuildDiffers` when live rows of the same version are not the same,
 * `RebuildOutdated` when a newer version is live, and whatever ends the connections.
 */
export const rebuild = async (options: RebuildOptions): Promise<RebuildReport> => {
  const { connectionString } = options;
  const opened: pg.Client[] = [];
  try {
    const control = await openControl(connectionString);
    opened.push(control);
    const loader = await connectForFolding(connectionString, 'headroom rebuild loader');
    opened.push(loader);
    const writer = await connectForFolding(connectionString, 'headroom rebuild writer');
    opened.push(writer);
    return await new Rebuild(options, [control, loader, writer]).run();
  } finally {
    await Promise.all(opened.map(closeSession));
  }
};
