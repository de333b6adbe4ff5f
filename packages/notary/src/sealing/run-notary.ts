import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Page } from '@headroom/event-store';
import { clientConfig } from '@headroom/postgres';
import pg from 'pg';
import { type Identity, openIdentity } from '../checkpoint/identity.ts';
import type { SubjectKinds } from '../leaf/subjects.ts';
import { type Pace, restAfter } from './pace.ts';
import { sealEvents } from './trees.ts';
import { loadTrees, sealedUpTo, writeSealing } from './write-sealing.ts';

export interface NotaryLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface RunNotaryOptions {
  /** The log as it is stored: nothing between it and the notary may change what events say. */
  readonly store: EventStore;
  /** The database of the trees; migrated. */
  readonly connectionString: string;
  /** The seed of the key that signs; the database keeps one when there is none. */
  readonly seed?: Uint8Array | undefined;
  /** Which members of events name what they are about. */
  readonly subjects: SubjectKinds;
  /** Large pages and no rests: for a log to which nobody writes meanwhile, and a process that serves nobody. */
  readonly hurry?: boolean;
  /** Ends the run; what is being written is finished. */
  readonly signal: AbortSignal;
  readonly logger: NotaryLogger;
}

/** Small pages: this process serves requests, too, and hashing a page holds it up. */
const PAGE_SIZE = 200;
const LARGE_PAGE_SIZE = 2_000;
const LOCK = `select pg_try_advisory_lock(hashtextextended('headroom.notary', 0)) as mine`;
const LOOK_EVERY_MS = 1_000;
const LOOK_FOR_EVENTS_MS = 100;
const LONGEST_READING_MS = 2_000;
const PAUSE_AFTER_FAULT_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/** Waits until nobody else seals; false when the run ends before. The lock lasts as long as the connection. */
const becomeTheOne = async (client: pg.Client, signal: AbortSignal): Promise<boolean> => {
  while (!signal.aborted) {
    const { rows } = await client.query<{ mine: boolean }>(LOCK);
    if (rows[0]?.mine) return true;
    await pause(LOOK_EVERY_MS, signal);
  }
  return false;
};

const tenantsOf = ({ events }: Page): string[] => [...new Set(events.map(({ meta }) => meta.tenantId))];

/**
 * Seals what the log holds behind a position, page by page with rests between; gives up to where. It ends early after a
 * while: a reading holds a snapshot of the database.
 */
const sealFrom = async (
  client: pg.Client,
  { store, signal, subjects, hurry = false }: RunNotaryOptions,
  identity: Identity,
  { after, head }: { readonly after: number; readonly head: number },
): Promise<number> => {
  const until = performance.now() + LONGEST_READING_MS;
  let position = after;
  let pace: Pace = { head };
  for await (const page of store.readAll({ after, upTo: head, pageSize: hurry ? LARGE_PAGE_SIZE : PAGE_SIZE })) {
    const began = performance.now();
    if (page.events.length > 0) {
      // Loaded anew for each page: a tree is a few hundred bytes, and what failed half-way leaves nothing behind.
      const trees = await loadTrees(client, tenantsOf(page));
      const sealing = sealEvents(identity, trees, page.events, subjects, new Date().toISOString());
      await writeSealing(client, sealing, { after: position, upTo: page.upTo });
      position = page.upTo;
      const now = await store.head();
      if (!hurry) await pause(restAfter(pace, performance.now() - began, now), signal);
      pace = { head: now };
    }
    if (signal.aborted || performance.now() > until) break;
  }
  return position;
};

/**
 * Seals the log from where it was left, and then as it grows; all is written through the connection with the lock. It
 * looks at the head now and then instead of following: who follows reads every event at once, while others append.
 */
const follow = async (client: pg.Client, options: RunNotaryOptions): Promise<void> => {
  const { store, signal } = options;
  const identity = await openIdentity(client, options.seed);
  let position = await sealedUpTo(client);
  while (!signal.aborted) {
    const head = await store.head();
    const after = position;
    if (head > after) position = await sealFrom(client, options, identity, { after, head });
    if (position === after) await pause(LOOK_FOR_EVENTS_MS, signal);
  }
};

const serveTerm = async (options: RunNotaryOptions): Promise<void> => {
  const client = new pg.Client(clientConfig(options.connectionString, 'headroom notary'));
  client.on('error', () => undefined);
  try {
    await client.connect();
    if (await becomeTheOne(client, options.signal)) await follow(client, options);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const keepGoing = async (options: RunNotaryOptions): Promise<void> => {
  const { signal, logger } = options;
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      await serveTerm(options);
    } catch (error) {
      logger.error({ err: error }, 'sealing was interrupted; trying again');
      await pause(Math.min(PAUSE_AFTER_FAULT_MS * 2 ** failures, LONGEST_PAUSE_MS), signal);
    }
  }
};

/**
 * Keeps the trees of all tenants up to the log, each event once, in this process or, as long as another one holds the
 * lock, ready to take over. Throws nothing: what goes wrong is logged, and tried again.
 */
export const runNotary = (options: RunNotaryOptions): { readonly done: Promise<void> } => ({
  done: keepGoing(options),
});
