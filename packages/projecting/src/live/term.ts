import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';
import type { Failure } from '../database/checkpoints.ts';
import type { Projection } from '../projection.ts';
import type { Lease } from './lease.ts';
import { closeSession, openSession } from './session.ts';

/** Where a runner writes what happens. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A page that was committed. */
export interface CommittedPage {
  readonly projections: readonly string[];
  readonly events: number;
  readonly position: number;
}

export interface RunSettings {
  readonly store: EventStore;
  readonly connectionString: string;
  readonly projections: readonly Projection[];
  readonly logger: Logger;
  readonly onPage: (page: CommittedPage) => void;
  readonly pageSize: number;
  readonly leaseMs: number;
  /** Bytes that the rows of one projection may take in memory, roughly. */
  readonly memoryLimit: number;
}

/** The time during which a process holds the lease: all it does ends with it. */
export interface Term {
  readonly settings: RunSettings;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  /** A connection of its own for a task; closed when the task is done. */
  withSession<T>(task: (client: pg.Client) => Promise<T>): Promise<T>;
}

export const termOf = (settings: RunSettings, lease: Lease, signal: AbortSignal): Term => ({
  settings,
  lease,
  signal,
  withSession: async (task) => {
    const client = await openSession(settings.connectionString, lease, settings.leaseMs);
    try {
      return await task(client);
    } finally {
      await closeSession(client);
    }
  },
});

/** Writes down that a projection cannot go on, under the lease. */
export const recordStop = async (
  client: pg.Client,
  lease: Lease,
  projection: string,
  failure: Failure,
): Promise<void> => {
  await Promise.all([
    client.query('begin'),
    client.query('select projecting.check_lease($1, $2)', [lease.name, lease.token]),
    client.query(
      `update projecting.checkpoint set status = 'stopped', failure = $2, updated_at = clock_timestamp() where projection = $1`,
      [projection, JSON.stringify(failure)],
    ),
    client.query('commit'),
  ]);
};
