import { isConnectionLoss } from '@headroom/postgres';
import type pg from 'pg';
import { Unavailable } from '../port.ts';
import type { CopiedEvent } from './copied-event.ts';
import { PageReader } from './page-reader.ts';
import { copySql, type Filter } from './range-sql.ts';

/** The most that the texts of one page weigh: large events make small pages. */
const PAGE_WEIGHT = 4 * 1024 * 1024;
export const DEFAULT_PAGE_SIZE = 2_000;

/**
 * Positions that one COPY covers. A statement holds its snapshot for as long as its consumer takes, and old snapshots
 * keep the database from tidying up.
 */
const RANGE = 50_000;

export interface LogRange extends Filter {
  readonly after: number;
  /** Not beyond the head: positions are handed out in commit order, so all up to there are final. */
  readonly upTo: number;
  readonly pageSize?: number | undefined;
}

/** As `Page` of the port, with the events that this adapter makes. */
export interface RowPage {
  readonly events: readonly CopiedEvent[];
  readonly upTo: number;
}

async function* readRange(client: pg.PoolClient, range: LogRange): AsyncGenerator<RowPage> {
  const limits = { events: range.pageSize ?? DEFAULT_PAGE_SIZE, weight: PAGE_WEIGHT };
  const reader = new PageReader(client, copySql(range, range.after, range.upTo), limits);
  let seen = range.after;
  for (let events = await reader.next(); events; events = await reader.next()) {
    seen = events.at(-1)?.position ?? seen;
    yield { events, upTo: seen };
  }
  if (seen < range.upTo) yield { events: reader.takeRest(), upTo: range.upTo };
}

/**
 * Streams a range of the log in pages over a connection of the pool; the last page reaches the end of the range. When
 * the signal aborts, the connection is broken at once and the iteration throws. Throws `Unavailable` when it is lost.
 */
export async function* readLog(pool: pg.Pool, range: LogRange, signal: AbortSignal): AsyncGenerator<RowPage> {
  if (range.after >= range.upTo) return;
  let client: pg.PoolClient | undefined;
  // A connection in the midst of a COPY is of no further use.
  const letGo = (midst: boolean): void => {
    client?.release(midst);
    client = undefined;
  };
  const abort = (): void => letGo(true);
  signal.addEventListener('abort', abort);
  try {
    client = await pool.connect();
    signal.throwIfAborted();
    for (let after = range.after; after < range.upTo; ) {
      const upTo = Math.min(after + RANGE, range.upTo);
      yield* readRange(client, { ...range, after, upTo });
      after = upTo;
    }
    letGo(false);
  } catch (error) {
    signal.throwIfAborted();
    if (isConnectionLoss(error)) throw new Unavailable('the connection to the store was lost', { cause: error });
    throw error;
  } finally {
    letGo(true);
    signal.removeEventListener('abort', abort);
  }
}
