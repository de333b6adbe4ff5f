import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';
import { closeSession, connectForFolding } from '../live/session.ts';
import type { Logger } from '../live/term.ts';
import type { Projection } from '../projection.ts';
import { EVERY, keepNext, openMembers } from './keep-versions.ts';
import type { PastMember } from './past-member.ts';
import { lookAtLatest } from './past-schema.ts';

export interface PastOptions {
  readonly store: EventStore;
  /** The database of the read models; migrated. */
  readonly connectionString: string;
  readonly projections: readonly Projection[];
  /** Positions from one kept moment to the next; 1,000 unless told. */
  readonly every?: number | undefined;
}

export interface KeepPastOptions extends PastOptions {
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** The part of the time for which it works, so that whoever shares the processor hardly notices. */
const SHARE = 0.2;
const IDLE_MS = 1_000;
const PAUSE_MS = 5_000;
/** Nobody else keeps versions as long as a session holds it. */
const LOCK = 'select pg_try_advisory_lock(4812, 1) as held';

/** Whether a projection that follows the log is so far behind that it needs the machine more. */
const isBehind = async (client: pg.ClientBase, names: readonly string[], head: number): Promise<boolean> => {
  const { rowCount } = await client.query(
    `select 1 from projecting.checkpoint where projection = any($1) and status = 'following' and position < $2 limit 1`,
    [names, head - EVERY],
  );
  return rowCount !== 0;
};

/** Those that are furthest behind; undefined when there is no whole stretch left to any. */
const nextOf = (members: readonly PastMember[], every: number, head: number): PastMember[] | undefined => {
  const first = Math.min(...members.map(({ position }) => position));
  return first + every <= head ? members.filter(({ position }) => position === first) : undefined;
};

const withClient = async <T>(connectionString: string, task: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = await connectForFolding(connectionString, 'headroom past');
  try {
    await client.query(lookAtLatest);
    return await task(client);
  } finally {
    await closeSession(client);
  }
};

/** Gives the processor to others for so long that the work so far was its share of the time. */
const sparingly = (signal: AbortSignal): (() => Promise<void>) => {
  let began = performance.now();
  return async () => {
    const worked = performance.now() - began;
    await sleep(worked * (1 / SHARE - 1), undefined, { signal });
    began = performance.now();
  };
};

const keepOn = async (client: pg.Client, options: KeepPastOptions): Promise<void> => {
  const { store, projections, signal, every = EVERY } = options;
  const { rows } = await client.query<{ readonly held: boolean }>(LOCK);
  if (rows[0]?.held !== true) return;
  // Of a short log there is nothing to keep, nor any table to keep it in.
  while ((await store.head()) < every) await sleep(IDLE_MS, undefined, { signal });
  const members = await openMembers(client, projections, every);
  if (members.length === 0) return;
  const names = projections.map(({ name }) => name);
  const rest = sparingly(signal);
  while (!signal.aborted) {
    const head = await store.head();
    const next = (await isBehind(client, names, head)) ? undefined : nextOf(members, every, head);
    if (next === undefined) await sleep(IDLE_MS, undefined, { signal });
    else await keepNext({ client, store, every }, next, rest);
  }
};

/**
 * Keeps versions of all rows at regular positions of the log, far behind whoever folds live and at a part of the time
 * only; so answers about the past need not fold the log. One of several processes does. Resolves when the signal ends it;
 * throws nothing: what goes wrong is logged and tried again, and answers are slower meanwhile.
 */
export const keepPast = async (options: KeepPastOptions): Promise<void> => {
  const { connectionString, signal, logger } = options;
  while (!signal.aborted) {
    try {
      await withClient(connectionString, (client) => keepOn(client, options));
    } catch (error) {
      if (!signal.aborted) logger.warn({ err: error }, 'versions of rows cannot be kept; trying again');
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
};

/** Keeps versions of all rows up to the end of the log, without sparing anybody; gives the last kept moment. */
export const catchUpPast = ({ store, connectionString, projections, every = EVERY }: PastOptions): Promise<number> =>
  withClient(connectionString, async (client) => {
    const members = await openMembers(client, projections, every);
    const head = await store.head();
    for (let next = nextOf(members, every, head); next !== undefined; next = nextOf(members, every, head)) {
      await keepNext({ client, store, every }, next, async () => undefined);
    }
    return Math.min(...members.map(({ position }) => position));
  });
