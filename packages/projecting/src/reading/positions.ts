import { type Listener, listen } from '@headroom/postgres';
import type pg from 'pg';
import { PROJECTED_CHANNEL } from '../live/write-page.ts';

interface Waiter {
  readonly projections: readonly string[];
  readonly position: number;
  readonly settle: (reached: boolean) => void;
}

/** How often checkpoints are read while somebody waits and no notification comes. */
const LOOK_EVERY_MS = 50;

/** How far projections are, as far as this process knows; kept up to date by the notifications of whoever folds them. */
export class Positions {
  readonly #pool: pg.Pool;
  readonly #known = new Map<string, number>();
  readonly #waiters = new Set<Waiter>();
  readonly #listener: Listener;
  #looking: NodeJS.Timeout | undefined;
  #reading = false;

  constructor(pool: pg.Pool, connectionString: string) {
    this.#pool = pool;
    this.#listener = listen(connectionString, PROJECTED_CHANNEL, (payload) => this.#hear(payload));
  }

  /** Whether all of them are known to be there. */
  reached(projections: readonly string[], position: number): boolean {
    return projections.every((projection) => (this.#known.get(projection) ?? -1) >= position);
  }

  /** Notes a checkpoint that was read; it never goes back. */
  note(projection: string, position: number): void {
    if (position <= (this.#known.get(projection) ?? -1)) return;
    this.#known.set(projection, position);
  }

  /** Resolves when all of them are there: true; or when the wait is over: false. */
  async wait(projections: readonly string[], position: number, waitMs: number): Promise<boolean> {
    if (this.reached(projections, position)) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiter: Waiter = { projections, position, settle: resolve };
    this.#waiters.add(waiter);
    const timeout = setTimeout(() => resolve(this.reached(projections, position)), waitMs);
    void this.#look();
    this.#looking ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
    try {
      return await promise;
    } finally {
      clearTimeout(timeout);
      this.#waiters.delete(waiter);
      if (this.#waiters.size === 0) {
        clearInterval(this.#looking);
        this.#looking = undefined;
      }
    }
  }

  /** Ends the listening; whoever still waits learns that it was in vain. */
  async close(): Promise<void> {
    for (const { settle } of this.#waiters) settle(false);
    await this.#listener.close();
  }

  #hear(payload: string | undefined): void {
    if (payload === undefined) {
      // Listening began anew: something may have been missed.
      if (this.#waiters.size > 0) void this.#look();
      return;
    }
    const [position, ...projections] = payload.split(' ');
    for (const projection of projections) this.note(projection, Number(position));
    this.#tell();
  }

  #tell(): void {
    for (const { projections, position, settle } of this.#waiters)
      if (this.reached(projections, position)) settle(true);
  }

  /** Reads the checkpoints; a database that does not answer now may do so at the next look. */
  async #look(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const sql = 'select projection, position from projecting.checkpoint';
      const { rows } = await this.#pool.query<{ projection: string; position: number }>(sql);
      for (const { projection, position } of rows) this.note(projection, position);
      this.#tell();
    } catch {
      // Whoever waits does so until the time is up.
    } finally {
      this.#reading = false;
    }
  }
}
