import { setMaxListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createPool, migrate } from '@headroom/postgres';
import type pg from 'pg';
import { type EventStore, Unavailable } from '../port.ts';
import { createAppends } from './append.ts';
import { ask } from './ask.ts';
import { Subscriptions } from './follow-log.ts';
import { type LogRange, readLog } from './read-log.ts';
import { createStreamReader } from './read-streams.ts';
import { createWriter } from './writer.ts';

export interface PostgresEventStoreOptions {
  readonly connectionString: string;
  /** Shows in `pg_stat_activity`; `headroom` unless told. */
  readonly applicationName?: string;
  /** Connections that answer short questions; 8 unless told. Appending takes one more, and each long reading its own. */
  readonly maxConnections?: number;
  /** How long an append may wait for a connection, and then for its outcome; 10,000 unless told. */
  readonly appendTimeoutMs?: number;
  /**
   * A function of the database, with its schema, that claims idempotency keys and then calls `log.append`; its arguments
   * and results are those of `log.append` and then those about the claims. Makes the store able to `appendClaiming`.
   */
  readonly claimingFunction?: string;
}

/** Brings the schema `log` up to date. Gives the names of the migrations that it applied. */
export const migrateEventStore = (pool: pg.Pool): Promise<string[]> =>
  migrate(pool, { component: 'log', folder: fileURLToPath(new URL('../../migrations', import.meta.url)) });

/** Long readings at once; another one waits until one of them ends. */
const MOST_READERS = 24;

const HEAD = 'select position from log.events order by position desc limit 1';
const RECORDED_AT = 'select at from log.events where position <= $1 order by position desc limit 1';

const createQuestions = (pool: pg.Pool) => ({
  head: async (): Promise<number> => (await ask<[number]>(pool, { name: 'head', text: HEAD }))[0]?.[0] ?? 0,

  positionAt: async (instant: string): Promise<number> => {
    const question = { name: 'position-at', text: 'select log.position_at($1)', values: [instant] };
    return (await ask<[number]>(pool, question))[0]?.[0] ?? 0;
  },

  recordedAt: async (position: number): Promise<string | undefined> =>
    (await ask<[string]>(pool, { name: 'recorded-at', text: RECORDED_AT, values: [position] }))[0]?.[0],

  ping: async (): Promise<boolean> => {
    try {
      await pool.query('select');
      return true;
    } catch {
      return false;
    }
  },
});

/**
 * The log in Postgres, in the schema that `migrateEventStore` makes. Appends of this process share commits; positions
 * are gapless and in commit order across all processes. Throws when the database cannot be reached or lacks the schema.
 */
export const createPostgresEventStore = async (options: PostgresEventStoreOptions): Promise<EventStore> => {
  const { connectionString, applicationName = 'headroom', maxConnections = 8, appendTimeoutMs = 10_000 } = options;
  const { claimingFunction } = options;
  const pool = createPool(connectionString, { applicationName: `${applicationName} log`, max: maxConnections });
  const readers = createPool(connectionString, { applicationName: `${applicationName} log reader`, max: MOST_READERS });
  const writer = createWriter({
    connectionString,
    applicationName: `${applicationName} log writer`,
    timeoutMs: appendTimeoutMs,
    claimingFunction,
  });
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const questions = createQuestions(pool);
  const readStream = createStreamReader(pool);
  const read = (range: LogRange, signal: AbortSignal) => readLog(readers, range, signal);
  const subscriptions = new Subscriptions({ connectionString, head: questions.head, read });

  const close = async (): Promise<void> => {
    await writer.close();
    closing.abort(new Unavailable('the store is closed'));
    await subscriptions.close();
    await Promise.all([readers.end(), pool.end()]);
  };
  let closed: Promise<void> | undefined;

  const { append, appendClaiming, appendAtomically } = createAppends(writer, pool);

  await pool.query('select from log.head').catch(async (error: unknown) => {
    await close();
    throw error;
  });

  return {
    capabilities: { atomicAcrossStreams: true, consecutivePositions: true },
    append,
    appendAtomically,
    ...(claimingFunction === undefined ? {} : { appendClaiming }),
    ...questions,
    readStream: (streamId, fromRevision = 0, mentioning) => readStream(streamId, fromRevision, mentioning),
    readAll: async function* (range) {
      const head = await questions.head();
      yield* read({ ...range, upTo: Math.min(range.upTo ?? head, head) }, closing.signal);
    },
    subscribe: (wishes) => subscriptions.follow(wishes, closing.signal),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};
