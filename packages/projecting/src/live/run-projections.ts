import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@headroom/event-store';
import { clientConfig } from '@headroom/postgres';
import pg from 'pg';
import type { Projection } from '../projection.ts';
import { SteppedDown } from './faults.ts';
import { lead } from './lead.ts';
import { LEASE_CHANNEL, type Lease, releaseLease, takeLease } from './lease.ts';
import { closeSession } from './session.ts';
import type { CommittedPage, Logger, RunSettings } from './term.ts';

export interface RunOptions {
  readonly store: EventStore;
  /** The database of the read models; migrated. */
  readonly connectionString: string;
  readonly projections: readonly Projection[];
  /** Names this process in the lease, for people. */
  readonly holder: string;
  /** Ends the run cleanly: what is being written is finished, the lease is given back. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Told of every page that was committed. */
  readonly onPage?: (page: CommittedPage) => void;
  /** Events in a page at most; 1,000 unless told. */
  readonly pageSize?: number;
  /** How long the lease outlives its holder, and a hanging transaction its process; 5,000 unless told. */
  readonly leaseMs?: number;
  /** Bytes that the rows of one projection may take in memory, roughly; 32 MiB unless told. */
  readonly memoryLimit?: number;
}

export interface RunningProjections {
  /** Resolves when the signal has ended the run; never rejects. */
  readonly done: Promise<void>;
  /** Whether this process is the one that folds. */
  leading(): boolean;
}

const LEASE_NAME = 'projections';
const POLLS_PER_LEASE = 5;
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

const withControl = async <T>(connectionString: string, task: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(clientConfig(connectionString, 'headroom projector'));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await task(client);
  } finally {
    await closeSession(client);
  }
};

/** Waits until the lease is ours; undefined when the run ends before. */
const waitForLease = (
  { connectionString, leaseMs }: RunSettings,
  holder: string,
  signal: AbortSignal,
): Promise<Lease | undefined> =>
  withControl(connectionString, async (client) => {
    let released = Promise.withResolvers<void>();
    client.on('notification', () => released.resolve());
    await client.query(`listen ${LEASE_CHANNEL}`);
    while (!signal.aborted) {
      released = Promise.withResolvers();
      const lease = await takeLease(client, LEASE_NAME, holder, leaseMs);
      if (lease) return lease;
      const waited = new AbortController();
      const pause = sleep(leaseMs / POLLS_PER_LEASE, undefined, { signal: AbortSignal.any([signal, waited.signal]) });
      await Promise.race([pause.catch(() => undefined), released.promise]);
      waited.abort();
    }
    return undefined;
  });

const release = (settings: RunSettings, lease: Lease): Promise<void> =>
  withControl(settings.connectionString, (client) => releaseLease(client, lease)).catch((error: unknown) =>
    settings.logger.warn({ err: error }, 'the lease could not be given back; it runs out by itself'),
  );

const settingsOf = (options: RunOptions): RunSettings => ({
  store: options.store,
  connectionString: options.connectionString,
  projections: options.projections,
  logger: options.logger,
  onPage: options.onPage ?? (() => undefined),
  pageSize: options.pageSize ?? 1_000,
  leaseMs: options.leaseMs ?? 5_000,
  memoryLimit: options.memoryLimit ?? 32 * 1024 * 1024,
});

const pauseAfter = (failures: number): number =>
  Math.min(SHORTEST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);

/**
 * Keeps projections folded, in this process or, as long as another one holds the lease, ready to take over. All of them
 * advance in lock step; one that cannot fold an event stops visibly and alone. Loss of the database or the store is
 * waited out. Throws nothing: everything that goes wrong is logged, and shown by `projectionLag`.
 */
export const runProjections = (options: RunOptions): RunningProjections => {
  const settings = settingsOf(options);
  const { signal, logger } = options;
  // Two processes of one name are still two holders.
  const holder = `${options.holder} ${randomUUID()}`;
  let leading = false;
  let failures = 0;

  const serveTerm = async (): Promise<void> => {
    const lease = await waitForLease(settings, holder, signal);
    if (!lease) return;
    leading = true;
    logger.info({ holder, token: lease.token }, 'folding projections');
    const began = performance.now();
    try {
      await lead(settings, lease, signal);
    } finally {
      leading = false;
      if (performance.now() - began > settings.leaseMs) failures = 0;
      await release(settings, lease);
    }
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await serveTerm();
      } catch (error) {
        if (error instanceof SteppedDown) logger.warn({ holder, err: error }, 'stepped down');
        else logger.error({ holder, err: error }, 'folding was interrupted; trying again');
        await sleep(pauseAfter(failures), undefined, { signal }).catch(() => undefined);
        failures += 1;
      }
    }
  };

  return { done: run(), leading: () => leading };
};
